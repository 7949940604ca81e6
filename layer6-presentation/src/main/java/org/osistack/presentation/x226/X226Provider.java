package org.osistack.presentation.x226;

import java.util.List;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.LayerProvider;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;
import org.osistack.core.SapTrace;
import org.osistack.presentation.NegotiatedPresentation;
import org.osistack.presentation.PresentationTap;
import org.osistack.session.DialogueService;

/** The presentation protocol of OSI, X.226, with the connectionless one, X.236, where the session service has that mode. */
public final class X226Provider implements LayerProvider<DialogueService, NegotiatedPresentation> {
    private static final int MAX_CONTEXTS = 64;

    @Override
    public int layer() {
        return 6;
    }

    @Override
    public String name() {
        return "x226";
    }

    @Override
    public String description() {
        return "the OSI presentation protocol: contexts are negotiated, values are written in BER";
    }

    @Override
    public List<String> standards() {
        return List.of("X.226 | ISO 8823-1", "X.236 | ISO 9576-1", "X.690 | ISO 8825-1");
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                new OptionSpec(
                        "profile", "iso|strict|minimal", "iso", "what is sent where the standard leaves a choice"),
                new OptionSpec("contexts", "NUMBER", "" + MAX_CONTEXTS, "how many contexts a connection may have"),
                new OptionSpec(
                        "unknown-selector",
                        "refuse|any",
                        "refuse",
                        "what becomes of a connection to a presentation selector that nobody has"));
    }

    @Override
    public Class<DialogueService> requires() {
        return DialogueService.class;
    }

    @Override
    public Class<NegotiatedPresentation> provides() {
        return NegotiatedPresentation.class;
    }

    @Override
    public int maxHeaderLength() {
        return ValueCodec.MAX_HEADER_LENGTH;
    }

    @Override
    public NegotiatedPresentation open(Host host, DialogueService below, Options options) {
        return new X226Entity(
                host,
                below,
                options.choice("profile", Profile.class, Profile.ISO),
                options.integer("contexts", MAX_CONTEXTS, 1, 1024),
                options.choice(
                        "unknown-selector", X226Entity.UnknownSelector.class, X226Entity.UnknownSelector.REFUSE));
    }

    @Override
    public NegotiatedPresentation tap(NegotiatedPresentation service, SapTrace trace) {
        return PresentationTap.of(service, trace);
    }

    @Override
    public Dissector newDissector() {
        return new X226Dissector();
    }
}
