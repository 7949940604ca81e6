package org.osistack.application.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.application.FakeAssociations;
import org.osistack.core.Pdu;

/** Both sides of a measurement in virtual time, where an APDU and the credit for it take 1 ms each way. */
class MeasurementTest {
    private static final Window WINDOW = new Window(
            1000, Duration.ofMillis(100).toNanos(), Duration.ofMillis(500).toNanos());

    private final FakeAssociations.Pair pair = new FakeAssociations.Pair();
    private final Conversations calling = new AssociationConversations(pair.client.pool(), pair.calling);
    private final Conversations called = new AssociationConversations(pair.server.pool(), pair.called);

    @AfterEach
    void nothingIsLost() {
        pair.simulation.run(Duration.ofSeconds(1));
        assertThat(pair.outstanding()).isZero();
    }

    private <R> CompletableFuture<R> start(Measurement<R> measurement) {
        CompletableFuture<R> result = measurement.start();
        pair.simulation.runUntil(result::isDone, Duration.ofMinutes(1));
        return result;
    }

    private <R> R measure(Measurement<R> measurement) {
        return start(measurement).join();
    }

    @Test
    void countsWhatArrivesAfterTheWarmUp() {
        Responder.serve(pair.server, called);

        Goodput goodput = measure(new GoodputMeasurement(pair.client, calling, null, WINDOW, null));

        assertThat(goodput.nanos()).isEqualTo(WINDOW.nanos());
        assertThat(goodput.octets()).isEqualTo(3 * 1000 * 250); // three APDUs whenever credit has come back, in 2 ms
        assertThat(goodput.bitsPerSecond()).isEqualTo(8.0 * 3 * 1000 / 0.002);
    }

    @Test
    void timesEachMessageThereAndBack() {
        Responder.serve(pair.server, called);

        RoundTrips roundTrips = measure(new RoundTripMeasurement(pair.client, calling, null, WINDOW));

        assertThat(roundTrips.count()).isBetween(249L, 250L);
        assertThat((double) roundTrips.p50Nanos()).isBetween(2e6 * 0.98, 2e6 * 1.02);
        assertThat(roundTrips.p99Nanos()).isEqualTo(roundTrips.p50Nanos());
    }

    @Test
    void countsConversationsThatWereOpenedAndEnded() {
        Responder.serve(pair.server, called);

        Connections connections = measure(new ConnectionsMeasurement(pair.client, calling, null, WINDOW));

        assertThat(connections.nanos()).isEqualTo(WINDOW.nanos());
        assertThat(connections.perSecond()).isBetween(240.0, 260.0); // 4 ms: accept, release and both answers
    }

    @Test
    void stopsBeforeThePortsRunOut() {
        Responder.serve(pair.server, called);
        Window long1 = new Window(1, 0, Duration.ofMinutes(10).toNanos());

        Connections connections = measure(new ConnectionsMeasurement(pair.client, calling, null, long1));

        assertThat(connections.count()).isBetween(ConnectionsMeasurement.MAX - 2L, (long) ConnectionsMeasurement.MAX);
        assertThat(connections.nanos()).isLessThan(Duration.ofMinutes(1).toNanos());
    }

    @Test
    void tellsThatNobodyIsThere() {
        Future<Goodput> result = start(new GoodputMeasurement(pair.client, calling, null, WINDOW, null));

        assertThat(result)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(IOException.class)
                .withMessageContaining("refused");
    }

    @Test
    void tellsThatAPeerThatAcceptsSaysNothing() {
        called.serve(conversation -> new Silent());

        RoundTrips roundTrips = measure(new RoundTripMeasurement(pair.client, calling, null, WINDOW));

        assertThat(roundTrips.count()).isZero();
    }

    @Test
    void endsAConversationThatDoesNotBeginWithARequest() {
        Responder.serve(pair.server, called);
        Recording user = new Recording();
        Conversation conversation = calling.open(null, user);
        pair.simulation.run(Duration.ofMillis(10));

        conversation.send(conversation.newMessage(new byte[] {9, 0, 0, 0, 1, 7}, 6));
        pair.simulation.run(Duration.ofMillis(10));

        assertThat(user.problem).isEqualTo("aborted by the peer");
    }

    @Test
    void takesARequestInPiecesAndEchoesWhatFollows() {
        Responder.serve(pair.server, called);
        Recording user = new Recording();
        Conversation conversation = calling.open(null, user);
        pair.simulation.run(Duration.ofMillis(10));

        byte[] request = new Request(Request.ECHO, 3).toByteArray();
        for (byte octet : request) {
            conversation.send(conversation.newMessage(new byte[] {octet}, 1));
            pair.simulation.run(Duration.ofMillis(10));
        }
        conversation.send(conversation.newMessage(new byte[] {1, 2, 3}, 3));
        pair.simulation.run(Duration.ofMillis(10));

        assertThat(user.received).containsExactly("0403010203"); // as it went: an OCTET STRING
        conversation.abort();
    }

    private static class Silent implements ConversationUser {
        @Override
        public void opened() {}

        @Override
        public void received(Pdu message, int octets) {
            message.release();
        }

        @Override
        public void ready() {}

        @Override
        public void ended(String problem) {}
    }

    private static final class Recording extends Silent {
        private final List<String> received = new ArrayList<>();
        private String problem = "not ended";

        @Override
        public void received(Pdu message, int octets) {
            received.add(message.toString());
            message.release();
        }

        @Override
        public void ended(String why) {
            assertThat(why).asInstanceOf(InstanceOfAssertFactories.STRING).isNotNull();
            problem = why;
        }
    }
}
