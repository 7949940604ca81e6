package org.osistack.session.none;

import java.util.List;
import org.osistack.core.Host;
import org.osistack.core.LayerProvider;
import org.osistack.core.Options;
import org.osistack.core.SapTrace;
import org.osistack.session.SessionService;
import org.osistack.session.SessionTap;
import org.osistack.transport.TransportService;

/** No session protocol: the kernel and duplex data straight on the transport service. */
public final class NoneProvider implements LayerProvider<TransportService, SessionService> {
    @Override
    public int layer() {
        return 5;
    }

    @Override
    public String name() {
        return "none";
    }

    @Override
    public String description() {
        return "no session protocol: the session service's kernel straight on the transport service";
    }

    @Override
    public List<String> standards() {
        return List.of("X.215 kernel and duplex");
    }

    @Override
    public Class<TransportService> requires() {
        return TransportService.class;
    }

    @Override
    public Class<SessionService> provides() {
        return SessionService.class;
    }

    @Override
    public SessionService open(Host host, TransportService below, Options options) {
        return new NoneEntity(host, below);
    }

    @Override
    public SessionService tap(SessionService service, SapTrace trace) {
        return SessionTap.of(service, trace);
    }
}
