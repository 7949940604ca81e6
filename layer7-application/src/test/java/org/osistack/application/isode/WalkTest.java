package org.osistack.application.isode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.management.ServiceEcho;
import org.osistack.presentation.NegotiatedPresentation;

/** Our initiator walks through our responder, over whole stacks, with each set of functional units that there may be. */
class WalkTest {
    private static final String[] LINES = {
        "line one",
        "line two",
        "line three is typed",
        "line four",
        "line five",
        "line six",
        "line seven",
        "line eight",
        "line nine",
        "line ten",
        "line eleven",
        "line twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "x",
        "y"
    };

    private final EchoLab lab = new EchoLab();

    @AfterEach
    void nothingIsLeft() {
        lab.close();
        assertThat(lab.outstanding()).isZero();
    }

    /** All sets that X.225 allows a user to propose, but symmetric synchronize and data separation. */
    static List<FunctionalUnits> sets() {
        List<FunctionalUnits> sets = new ArrayList<>();
        for (int bits = 1; bits < 0x800; bits++) {
            FunctionalUnits units = new FunctionalUnits(bits);
            boolean half = units.has(FunctionalUnit.HALF_DUPLEX);
            if ((half || units.has(FunctionalUnit.DUPLEX))
                    && (half || !units.has(FunctionalUnit.EXCEPTIONS))
                    && (units.has(FunctionalUnit.ACTIVITY_MANAGEMENT) || !units.has(FunctionalUnit.CAPABILITY_DATA))) {
                sets.add(units);
            }
        }
        return sets;
    }

    private ServiceEcho session() {
        return lab.alice.column(spec -> spec.set(6, "echo")).service(ServiceEcho.class);
    }

    @Test
    void goesThroughTheTransportService() {
        lab.serve();
        EchoLab.Heard heard = walk(transport(), FunctionalUnits.KERNEL, "one", "two", "three is far too long", "four");
        assertThat(heard.steps)
                .containsExactly(
                        "connected, with expedited data",
                        "T-DATA: came back",
                        "T-EXPEDITED-DATA: came back",
                        "T-DATA: came back",
                        "T-EXPEDITED-DATA: came back",
                        "T-DISCONNECT");
        assertThat(heard.problem).isNull();
        assertThat(heard.differences).isZero();
        assertThat(lab.bob.log).hasSize(2).allMatch(line -> line.startsWith("T-echo, 10.0.0.1:"));
    }

    @Test
    void goesThroughAllThatThereIs() {
        lab.serve();
        EchoLab.Heard heard = walk(session(), new FunctionalUnits(0x07ff), LINES);
        assertThat(heard.steps)
                .containsExactly(
                        "connected: kernel, half-duplex, expedited data, minor synchronize, major synchronize,"
                                + " resynchronize, activity management, negotiated release, capability data exchange,"
                                + " exceptions, typed data",
                        "ACTIVITY-START",
                        "DATA: came back",
                        "SYNC-MAJOR: confirmed",
                        "EXPEDITED-DATA: came back",
                        "RESYNCHRONIZE: confirmed",
                        "TYPED-DATA: came back",
                        "EXPEDITED-DATA: came back",
                        "DATA: came back",
                        "SYNC-MAJOR: confirmed",
                        "EXPEDITED-DATA: came back",
                        "ACTIVITY-INTERRUPT: confirmed",
                        "CAPABILITY-DATA: came back",
                        "ACTIVITY-RESUME",
                        "TYPED-DATA: came back",
                        "EXPEDITED-DATA: came back",
                        "DATA: came back",
                        "SYNC-MAJOR: confirmed",
                        "EXPEDITED-DATA: came back",
                        "RESYNCHRONIZE: confirmed",
                        "TYPED-DATA: came back",
                        "EXPEDITED-DATA: came back",
                        "DATA: came back",
                        "SYNC-MAJOR: confirmed",
                        "EXPEDITED-DATA: came back",
                        "ACTIVITY-DISCARD: confirmed",
                        "CAPABILITY-DATA: came back",
                        "ACTIVITY-RESUME",
                        "TOKEN-GIVE",
                        "U-EXCEPTION-REPORT: tokens came",
                        "ACTIVITY-END: confirmed",
                        "CONTROL-GIVE: tokens came",
                        "RELEASE: confirmed");
    }

    private EchoLab.Heard walk(ServiceEcho echo, FunctionalUnits units, String... lines) {
        EchoLab.Heard heard = new EchoLab.Heard();
        echo.walk(lab.walk(units, false, lines), heard);
        lab.run();
        return heard;
    }

    private ServiceEcho transport() {
        return lab.alice.column(spec -> spec.set(5, "echo").clear(6)).service(ServiceEcho.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goesThroughTheSessionServiceWithEachSetOfUnits(boolean sink) {
        lab.serve();
        ServiceEcho session = session();
        assertThat(sets()).hasSize(960);
        for (FunctionalUnits units : sets()) {
            EchoLab.Heard heard = new EchoLab.Heard();
            session.walk(lab.walk(units, sink, LINES), heard);
            lab.run();
            assertThat(heard.problem).as("%s: %s", units, heard.steps).isNull();
            assertThat(heard.differences).as("%s: %s", units, heard.steps).isZero();
        }
    }

    @Test
    void goesThroughThePresentationServiceWithEachSetOfUnits() {
        lab.serve();
        PresentationEcho echo =
                new PresentationEcho(lab.alice.host, lab.alice.stack.service(NegotiatedPresentation.class));
        for (FunctionalUnits units : sets()) {
            EchoLab.Heard heard = new EchoLab.Heard();
            echo.walk(lab.walk(units, false, LINES), heard);
            lab.run();
            assertThat(heard.problem).as("%s: %s", units, heard.steps).isNull();
            assertThat(heard.differences).as("%s: %s", units, heard.steps).isZero();
        }
    }

    private EchoLab.Heard walkAbove(String service, boolean sink, String... lines) {
        lab.serve();
        EchoLab.Heard heard = new EchoLab.Heard();
        NegotiatedPresentation presentation = lab.alice.stack.service(NegotiatedPresentation.class);
        ServiceEcho.Walk walk = lab.walk(FunctionalUnits.KERNEL, sink, lines);
        switch (service) {
            case "a" -> AssociationWalker.walk(lab.alice.host, presentation, walk, false, heard);
            case "rose" -> AssociationWalker.walk(lab.alice.host, presentation, walk, true, heard);
            case "rtse" -> TransferWalker.walk(lab.alice.host, presentation, walk, false, heard);
            default -> TransferWalker.walk(lab.alice.host, presentation, walk, true, heard);
        }
        lab.run();
        assertThat(heard.problem).as("%s %s", heard.steps, lab.bob.log).isNull();
        assertThat(heard.differences).isZero();
        return heard;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goesThroughAssociationControl(boolean sink) {
        assertThat(walkAbove("a", sink).steps).containsExactly("A-ASSOCIATE: came back", "A-RELEASE: came back");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goesThroughRemoteOperations(boolean sink) {
        assertThat(walkAbove("rose", sink, "one", "two", "three").steps)
                .containsExactly(
                        "A-ASSOCIATE: came back",
                        "RO-INVOKE 1: result",
                        "RO-INVOKE 2: error",
                        "RO-INVOKE 3: result",
                        "A-RELEASE: came back");
    }

    @Test
    void goesThroughReliableTransfer() {
        assertThat(walkAbove("rtse", false, "one", "two", "x".repeat(5000)).steps)
                .containsExactly(
                        "RT-OPEN: confirmed",
                        "RT-TRANSFER: came back",
                        "RT-TRANSFER: came back",
                        "RT-TRANSFER: came back",
                        "RT-CLOSE: confirmed");
    }

    @Test
    void sinksReliableTransfers() {
        assertThat(walkAbove("rtse", true, "one", "two").steps)
                .containsExactly(
                        "RT-OPEN: confirmed",
                        "RT-TRANSFER: confirmed",
                        "RT-TRANSFER: confirmed",
                        "RT-CLOSE: confirmed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goesThroughRemoteOperationsByReliableTransfer(boolean sink) {
        assertThat(walkAbove("rose-rtse", sink, "one", "two", "three").steps)
                .containsExactly(
                        "RT-OPEN: confirmed",
                        "RO-INVOKE 1: result",
                        "RO-INVOKE 2: error",
                        "RO-INVOKE 3: result",
                        "RT-CLOSE: confirmed");
    }
}
