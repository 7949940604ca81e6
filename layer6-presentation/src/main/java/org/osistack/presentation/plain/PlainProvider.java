package org.osistack.presentation.plain;

import java.util.List;
import org.osistack.core.Host;
import org.osistack.core.LayerProvider;
import org.osistack.core.Options;
import org.osistack.core.SapTrace;
import org.osistack.presentation.PresentationService;
import org.osistack.presentation.PresentationTap;
import org.osistack.session.SessionService;

/** The layer 6 of the Internet model: none, but a place where one could be. */
public final class PlainProvider implements LayerProvider<SessionService, PresentationService> {
    @Override
    public int layer() {
        return 6;
    }

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public String description() {
        return "no presentation protocol: octets pass as they are";
    }

    @Override
    public List<String> standards() {
        return List.of();
    }

    @Override
    public Class<SessionService> requires() {
        return SessionService.class;
    }

    @Override
    public Class<PresentationService> provides() {
        return PresentationService.class;
    }

    @Override
    public PresentationService open(Host host, SessionService below, Options options) {
        return new PlainEntity(below);
    }

    @Override
    public PresentationService tap(PresentationService service, SapTrace trace) {
        return PresentationTap.of(service, trace);
    }
}
