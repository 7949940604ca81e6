package org.osistack.application.isode;

import java.util.List;
import java.util.function.UnaryOperator;
import org.osistack.application.ApplicationProvider;
import org.osistack.core.management.ServiceEcho;
import org.osistack.presentation.NegotiatedPresentation;

/**
 * The application {@code isode-echo}: an echo and a sink on each service from the transport service upward, where ISODE's
 * own clients look for them.
 */
public final class IsodeEchoServer implements ApplicationProvider {
    @Override
    public String name() {
        return "isode-echo";
    }

    @Override
    public String description() {
        return "ISODE's echo and sink, on each service from transport upward";
    }

    @Override
    public List<String> standards() {
        return List.of();
    }

    @Override
    public Needs needs() {
        return Needs.ASSOCIATIONS;
    }

    @Override
    public void serve(Environment environment, String argument) {
        NegotiatedPresentation presentation =
                environment.column(UnaryOperator.identity()).service(NegotiatedPresentation.class);
        environment
                .column(spec -> spec.set(5, "echo").clear(6))
                .service(ServiceEcho.class)
                .serve(environment.log());
        environment
                .column(spec -> spec.set(6, "echo"))
                .service(ServiceEcho.class)
                .serve(environment.log());
        new PresentationEcho(environment.host(), presentation).serve(environment.log());
        AssociationEcho.serve(environment.host(), presentation, environment.log());
        TransferEcho.serve(environment.host(), presentation, environment.log());
    }
}
