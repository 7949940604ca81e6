package org.osistack.presentation.echo;

import java.util.List;
import org.osistack.core.Host;
import org.osistack.core.LayerProvider;
import org.osistack.core.Options;
import org.osistack.core.SapTrace;
import org.osistack.core.management.ServiceEcho;
import org.osistack.session.DialogueService;

/** An echo in the place of layer 6, right on the session service, as ISODE's {@code isod.ssap} is. */
public final class SessionEchoProvider implements LayerProvider<DialogueService, ServiceEcho> {
    @Override
    public int layer() {
        return 6;
    }

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public String description() {
        return "no presentation protocol: an echo, to test the session service";
    }

    @Override
    public List<String> standards() {
        return List.of();
    }

    @Override
    public Class<DialogueService> requires() {
        return DialogueService.class;
    }

    @Override
    public Class<ServiceEcho> provides() {
        return ServiceEcho.class;
    }

    @Override
    public ServiceEcho open(Host host, DialogueService below, Options options) {
        return new SessionEcho(host, below);
    }

    @Override
    public ServiceEcho tap(ServiceEcho service, SapTrace trace) {
        return service; // nothing stands on it
    }
}
