package org.osistack.session.echo;

import java.util.List;
import org.osistack.core.Host;
import org.osistack.core.LayerProvider;
import org.osistack.core.Options;
import org.osistack.core.SapTrace;
import org.osistack.core.management.ServiceEcho;
import org.osistack.transport.RecordTransport;

/** An echo in the place of layer 5, right on the transport service, as ISODE's {@code isod.tsap} is. */
public final class TransportEchoProvider implements LayerProvider<RecordTransport, ServiceEcho> {
    @Override
    public int layer() {
        return 5;
    }

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public String description() {
        return "no session protocol: an echo, to test the transport service";
    }

    @Override
    public List<String> standards() {
        return List.of();
    }

    @Override
    public Class<RecordTransport> requires() {
        return RecordTransport.class;
    }

    @Override
    public Class<ServiceEcho> provides() {
        return ServiceEcho.class;
    }

    @Override
    public ServiceEcho open(Host host, RecordTransport below, Options options) {
        return new TransportEcho(host, below);
    }

    @Override
    public ServiceEcho tap(ServiceEcho service, SapTrace trace) {
        return service; // nothing stands on it
    }
}
