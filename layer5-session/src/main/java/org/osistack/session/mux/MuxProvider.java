package org.osistack.session.mux;

import java.util.List;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.LayerProvider;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;
import org.osistack.core.SapTrace;
import org.osistack.session.DialogueService;
import org.osistack.session.SessionTap;
import org.osistack.transport.TransportService;

/**
 * A session protocol of this project's own, on any transport service: several sessions over one transport connection, one
 * session over several.
 */
public final class MuxProvider implements LayerProvider<TransportService, DialogueService> {
    @Override
    public int layer() {
        return 5;
    }

    @Override
    public String name() {
        return "mux";
    }

    @Override
    public String description() {
        return "our own session protocol: many sessions over one transport connection, one over many";
    }

    @Override
    public List<String> standards() {
        return List.of("docs/mux.md", "X.215 kernel, half-duplex, duplex, typed data, negotiated release");
    }

    @Override
    public List<OptionSpec> options() {
        return Settings.OPTIONS;
    }

    @Override
    public Class<TransportService> requires() {
        return TransportService.class;
    }

    @Override
    public Class<DialogueService> provides() {
        return DialogueService.class;
    }

    @Override
    public DialogueService open(Host host, TransportService below, Options options) {
        return new MuxEntity(host, below, Settings.of(options));
    }

    @Override
    public DialogueService tap(DialogueService service, SapTrace trace) {
        return SessionTap.of(service, trace);
    }

    @Override
    public Dissector newDissector() {
        return new MuxDissector();
    }
}
