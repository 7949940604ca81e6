package org.osistack.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Discard;
import org.osistack.core.Pdu;

/** RFC 9293 §3.6, §3.10.4, §3.10.5 and the last paragraphs of §3.10.7.4: how connections end. */
class TcpCloseTest {
    private Script tcp = new Script();

    @AfterEach
    void noPduLeaks() {
        tcp.end();
    }

    private void with(String... options) {
        tcp.end();
        tcp = new Script(options);
    }

    @Test
    void closesFirst() { // §3.6, figure 12, TCP A
        tcp.established();
        tcp.connection.releaseRequest();
        tcp.expect("F. 1:1(0) ack 1").expectState(TcpState.FIN_WAIT_1);
        tcp.arrives(". 1:1(0) ack 2").expectState(TcpState.FIN_WAIT_2).expectHeard();
        tcp.passes(600_000).expectState(TcpState.FIN_WAIT_2).expectNothing(); // the peer may go on as long as it likes
        tcp.arrives("F. 1:1(0) ack 2").expect(". 2:2(0) ack 2").expectState(TcpState.TIME_WAIT);
        tcp.expectHeard("release", "disconnect RELEASED");
        tcp.passes(59_999).expectState(TcpState.TIME_WAIT).passes(1).expectState(TcpState.CLOSED);
        assertThat(tcp.tcp.endpoints()).hasSize(1);
    }

    @Test
    void closesAfterThePeer() { // figure 12, TCP B
        tcp.established();
        tcp.arrives("F. 1:1(0) ack 1")
                .expect(". 1:1(0) ack 2")
                .expectState(TcpState.CLOSE_WAIT)
                .expectHeard("release");
        tcp.sends(3);
        tcp.expect("P. 1:4(3) ack 2");
        tcp.connection.releaseRequest();
        tcp.expect("F. 4:4(0) ack 2").expectState(TcpState.LAST_ACK);
        tcp.arrives(". 2:2(0) ack 4").expectState(TcpState.LAST_ACK).expectHeard();
        tcp.arrives(". 2:2(0) ack 5").expectState(TcpState.CLOSED).expectHeard("disconnect RELEASED");
        tcp.expectNothing();
        assertThat(tcp.tcp.endpoints()).hasSize(1);
    }

    @Test
    void goesQuietlyWhenTheStackIsClosedAndOnlyTheLastAcknowledgementIsMissing() { // §3.10.5
        tcp.established();
        tcp.arrives("F. 1:1(0) ack 1").expect(". 1:1(0) ack 2");
        tcp.connection.releaseRequest();
        tcp.expect("F. 1:1(0) ack 2").expectState(TcpState.LAST_ACK);

        tcp.tcp.close();

        tcp.expectNothing();
    }

    @Test
    void resetsWhenTheStackIsClosedBeforeAllWasSent() {
        tcp.established("mss 100");
        tcp.arrives("F. 1:1(0) ack 1 win 100").expect(". 1:1(0) ack 2");
        tcp.sends(250);
        tcp.connection.releaseRequest();
        tcp.expect(". 1:101(100)").expectState(TcpState.LAST_ACK);

        tcp.tcp.close();

        tcp.expect("R. 101:101(0) ack 2");
    }

    @Test
    void bothCloseAtOnce() { // figure 13
        tcp.established();
        tcp.connection.releaseRequest();
        tcp.expect("F. 1:1(0) ack 1").arrives("F. 1:1(0) ack 1").expectState(TcpState.CLOSING);
        tcp.expect(". 2:2(0) ack 2").expectHeard("release");
        tcp.arrives(". 2:2(0) ack 2").expectState(TcpState.TIME_WAIT).expectHeard("disconnect RELEASED");
    }

    @Test
    void goesToTimeWaitAtOnceWhenTheFinAcknowledgesItsOwn() {
        tcp.established();
        tcp.connection.releaseRequest();
        tcp.expect("F. 1:1(0) ack 1").arrives("F. 1:1(0) ack 2").expectState(TcpState.TIME_WAIT);
        tcp.expect(". 2:2(0) ack 2").expectHeard("release", "disconnect RELEASED");
    }

    @Test
    void receivesAfterItHasClosed() {
        tcp.established();
        tcp.connection.releaseRequest();
        tcp.expect("F. 1:1(0) ack 1")
                .arrives("P. 1:4(3) ack 1")
                .expect(". 2:2(0) ack 4")
                .expectHeard("data 3");
        tcp.arrives("P. 4:6(2) ack 2")
                .expect(". 2:2(0) ack 6")
                .expectHeard("data 2")
                .expectState(TcpState.FIN_WAIT_2);
        tcp.arrives("F. 6:6(0) ack 2").expect(". 2:2(0) ack 7").expectHeard("release", "disconnect RELEASED");
    }

    @Test
    void sendsWhatWasHandedOverBeforeTheFin() {
        tcp.established("mss 100");
        tcp.arrives(". 1:1(0) ack 1 win 100");
        tcp.sends(250);
        tcp.connection.releaseRequest();
        tcp.expect(". 1:101(100)").expectNothing().arrives(". 1:1(0) ack 101 win 100");
        tcp.expect(". 101:201(100)")
                .arrives(". 1:1(0) ack 201 win 100")
                .expect("FP. 201:251(50)")
                .expectNothing();
        tcp.arrives(". 1:1(0) ack 252").expectState(TcpState.FIN_WAIT_2);
    }

    @Test
    void sendsItsFinAgain() {
        tcp.established();
        tcp.connection.releaseRequest();
        tcp.expect("F. 1:1(0) ack 1")
                .passes(1000)
                .expect("F. 1:1(0) ack 1")
                .passes(2000)
                .expect("F. 1:1(0) ack 1");
        tcp.arrives("R. 1:1(0) ack 1").expectHeard("disconnect REMOTE_USER");
    }

    @Test
    void takesNoMoreDataAfterTheRelease() {
        tcp.established();
        tcp.connection.releaseRequest();
        tcp.connection.releaseRequest();
        Pdu pdu = tcp.host.pool().take().appendUint8(1);
        assertThatThrownBy(() -> tcp.connection.dataRequest(pdu)).isInstanceOf(IllegalStateException.class);
        pdu.release();
        assertThat(tcp.connection.sendCapacity()).isZero();
        tcp.expect("F. 1:1(0)").expectNothing();
    }

    @Test
    void acknowledgesTheFinAgainInTimeWaitAndStartsItAfresh() {
        closesFirst();
        tcp.end();
        tcp = new Script();
        tcp.established();
        tcp.connection.releaseRequest();
        tcp.expect("F. 1:1(0)").arrives("F. 1:1(0) ack 2").expect(". 2:2(0) ack 2");
        tcp.passes(50_000).arrives("F. 1:1(0) ack 2").expect(". 2:2(0) ack 2");
        tcp.passes(59_999).expectState(TcpState.TIME_WAIT).passes(1).expectState(TcpState.CLOSED);
    }

    @Test
    void aNewSynEndsTimeWait() { // RFC 9293 §3.10.7.4 (fourth, TIME-WAIT), RFC 6191
        tcp.established();
        TcpConnection first = (TcpConnection) tcp.connection;
        tcp.connection.releaseRequest();
        tcp.expect("F. 1:1(0)").arrives("F. 1:1(0) ack 2").expect(". 2:2(0) ack 2");
        tcp.arrives("S 1:1(0) ack 0").expect(". 2:2(0) ack 2"); // an old one
        int lastUsed = first.snd.sndNxt;
        tcp.user.reason = null;
        tcp.arrives("S 1000:1000(0) <mss 1000>").expect("S. 0:0(0) ack 1001");
        tcp.arrives(". 1001:1001(0) ack 1").expectState(TcpState.ESTABLISHED);
        assertThat(first.state).isEqualTo(TcpState.CLOSED);
        assertThat(((TcpConnection) tcp.connection).snd.iss - lastUsed).isPositive();
    }

    @Test
    void aNewSynWithALaterTimestampEndsTimeWait() {
        tcp.listens()
                .arrives("S 0:0(0) <mss 1000,TS 50:0>")
                .expect("S. 0:0(0) ack 1")
                .arrives(". 1:1(0) ack 1 <TS>");
        tcp.connection.releaseRequest();
        tcp.expect("F. 1:1(0)").arrives("F. 1:1(0) ack 2 <TS 60>").expect(". 2:2(0) ack 2");
        tcp.arrives("S -500:-500(0) <mss 1000,TS 60:0>").expect(". 2:2(0) ack 2");
        tcp.user.reason = null;
        tcp.arrives("S -500:-500(0) <mss 1000,TS 61:0>").expect("S. 0:0(0) ack -499");
    }

    @Test
    void limitsTimeWait() {
        with("timewaits=0");
        tcp.established();
        tcp.connection.releaseRequest();
        tcp.expect("F. 1:1(0)").arrives("F. 1:1(0) ack 2");
        tcp.expect(". 2:2(0) ack 2").expectHeard("release", "disconnect RELEASED");
        tcp.arrives("F. 1:1(0) ack 2").ignoreSent();
        assertThat(tcp.tcp.endpoints().size()).isLessThanOrEqualTo(2);
    }

    @Test
    void endsAbruptly() {
        tcp.established();
        tcp.sends(3);
        tcp.expect("P. 1:4(3)");
        tcp.connection.disconnectRequest();
        tcp.expect("R. 4:4(0) ack 1").expectState(TcpState.CLOSED).expectHeard();
        tcp.arrives("P. 1:4(3) ack 4").expect("R 4:4(0)").expectHeard();
        tcp.connection.disconnectRequest();
        tcp.connection.releaseRequest();
        assertThat(tcp.sends(3)).isTrue(); // ignored: the PDU is released
        tcp.expectNothing();
    }

    @Test
    void anAbruptEndWithoutWaitingForTheLastAcknowledgementNeedsNoReset() {
        tcp.established();
        tcp.arrives("F. 1:1(0) ack 1").expect(". 1:1(0) ack 2");
        tcp.connection.releaseRequest();
        tcp.connection.disconnectRequest();
        tcp.expect("F. 1:1(0)").expectNothing().expectHeard("release");
    }

    @Test
    void isEndedByAReset() {
        tcp.established();
        tcp.arrives("R. 1:1(0) ack 1").expectHeard("disconnect REMOTE_USER").expectNothing();
        assertThat(tcp.tcp.counters.estabResets).isOne();
        assertThat(tcp.tcp.endpoints()).hasSize(1);
    }

    @Test
    void challengesAResetThatIsNotExact() { // RFC 5961 §3.2
        tcp.established();
        tcp.arrives("R 2:2(0)").expect(". 1:1(0) ack 1").expectState(TcpState.ESTABLISHED);
        tcp.arrives("R 70000:70000(0)").arrives("R 0:0(0)").expectNothing().expectState(TcpState.ESTABLISHED);
        assertThat(tcp.tcp.discards.count(Discard.OUT_OF_WINDOW)).isEqualTo(2);
    }

    @Test
    void challengesASyn() { // RFC 5961 §4.2
        tcp.established();
        tcp.arrives("S 1:1(0)")
                .expect(". 1:1(0) ack 1")
                .arrives("S. 5:5(0) ack 1")
                .expect(". 1:1(0) ack 1");
        tcp.arrives("S 70000:70000(0)")
                .expect(". 1:1(0) ack 1")
                .expectState(TcpState.ESTABLISHED)
                .expectHeard();
    }

    @Test
    void challengesAnAcknowledgementFromNowhere() { // RFC 5961 §5.2
        tcp.established();
        tcp.arrives(". 1:1(0) ack 2")
                .expect(". 1:1(0) ack 1")
                .arrives(". 1:1(0) ack -70000")
                .expect(". 1:1(0) ack 1");
        tcp.arrives("P. 1:4(3) ack 2").expect(". 1:1(0) ack 1").expectHeard();
        tcp.arrives("P. 1:4(3) ack -100").expect(". 1:1(0) ack 4").expectHeard("data 3"); // old, but not too old
    }

    @Test
    void challengesAtMostTenTimesInFiveSeconds() { // RFC 5961 §7
        tcp.established();
        for (int i = 0; i < 100; i++) {
            tcp.arrives("S 1:1(0)");
        }
        assertThat(tcp.sentSegments()).isEqualTo(10);
        tcp.ignoreSent().passes(5001).arrives("S 1:1(0)").expect(". 1:1(0) ack 1");
    }

    @Test
    void ignoresWhatHasNoAcknowledgement() { // §3.10.7.4, fifth
        tcp.established();
        tcp.arrives("P 1:4(3)")
                .arrives("F 1:1(0)")
                .arrives("- 1:1(0)")
                .expectNothing()
                .expectHeard();
    }

    @Test
    void aResetInEachLaterState() {
        tcp.established();
        tcp.connection.releaseRequest();
        tcp.expect("F. 1:1(0)").arrives("R. 1:1(0) ack 1").expectHeard("disconnect REMOTE_USER"); // FIN-WAIT-1

        tcp.end();
        tcp = new Script();
        tcp.established();
        tcp.connection.releaseRequest();
        tcp.expect("F. 1:1(0)").arrives(". 1:1(0) ack 2").arrives("R. 1:1(0) ack 2");
        tcp.expectHeard("disconnect REMOTE_USER"); // FIN-WAIT-2

        tcp.end();
        tcp = new Script();
        tcp.established();
        tcp.arrives("F. 1:1(0) ack 1").expect(". 1:1(0) ack 2").arrives("R. 2:2(0) ack 1");
        tcp.expectHeard("release", "disconnect REMOTE_USER"); // CLOSE-WAIT

        tcp.end();
        tcp = new Script();
        tcp.established();
        tcp.arrives("F. 1:1(0) ack 1").expect(". 1:1(0) ack 2");
        tcp.connection.releaseRequest();
        tcp.expect("F. 1:1(0)").arrives("R. 2:2(0) ack 1");
        tcp.expectHeard("release", "disconnect RELEASED"); // LAST-ACK: the peer had everything

        tcp.end();
        tcp = new Script();
        tcp.established();
        tcp.arrives("F. 1:1(0) ack 1").expect(". 1:1(0) ack 2");
        tcp.sends(3);
        tcp.connection.releaseRequest();
        tcp.ignoreSent().arrives("R. 2:2(0) ack 1");
        tcp.expectHeard("release", "disconnect REMOTE_USER"); // LAST-ACK: but not here

        tcp.end();
        tcp = new Script();
        tcp.established();
        tcp.connection.releaseRequest();
        tcp.expect("F. 1:1(0)").arrives("F. 1:1(0) ack 1").expect(". 2:2(0)").arrives("R. 2:2(0) ack 1");
        tcp.expectHeard("release", "disconnect RELEASED").expectState(TcpState.CLOSED); // CLOSING

        tcp.end();
        tcp = new Script();
        tcp.established();
        tcp.connection.releaseRequest();
        tcp.expect("F. 1:1(0)").arrives("F. 1:1(0) ack 2").expect(". 2:2(0)").arrives("R. 2:2(0) ack 2");
        tcp.expectHeard("release", "disconnect RELEASED").expectState(TcpState.CLOSED); // TIME-WAIT
    }

    @Test
    void ignoresTextAfterThePeersFin() {
        tcp.established();
        tcp.arrives("F. 1:1(0) ack 1")
                .expect(". 1:1(0) ack 2")
                .arrives("P. 2:5(3) ack 1")
                .expectHeard("release");
        tcp.ignoreSent();
        tcp.expectReceived(0);
    }

    @Test
    void theFinWaitsForWhatIsMissingBeforeIt() {
        tcp.established();
        tcp.arrives("F. 4:4(0) ack 1").expect(". 1:1(0) ack 1").expectHeard().expectState(TcpState.ESTABLISHED);
        tcp.arrives("P. 1:4(3) ack 1").expect(". 1:1(0) ack 5").expectHeard("data 3", "release");
        tcp.expectState(TcpState.CLOSE_WAIT);
    }

    @Test
    void aPausedUserHearsEverythingInOrderLater() {
        tcp.established();
        tcp.connection.pause();
        tcp.arrives("P. 1:4(3) ack 1")
                .expect(". 1:1(0) ack 4")
                .arrives("FP. 4:6(2) ack 1")
                .expect(". 1:1(0) ack 7");
        tcp.connection.releaseRequest();
        tcp.expect("F. 1:1(0)")
                .arrives(". 7:7(0) ack 2")
                .expectState(TcpState.CLOSED)
                .expectHeard();
        tcp.connection.resume();
        tcp.passes(0).expectHeard("data 5", "release", "disconnect RELEASED").expectReceived(5);
    }

    @Test
    void aPausedUserMayEndWhatIsOverWithoutItsData() {
        tcp.established();
        tcp.connection.pause();
        tcp.arrives("FP. 1:4(3) ack 1").expect(". 1:1(0) ack 5");
        tcp.connection.releaseRequest();
        tcp.expect("F. 1:1(0)").arrives(". 5:5(0) ack 2").expectState(TcpState.CLOSED);
        tcp.connection.disconnectRequest();
        tcp.expectHeard().expectNothing();
        assertThat(tcp.host.pool().outstanding()).isZero();
    }

    @Test
    void theUserMayEndTheConnectionInTheMiddleOfAnIndication() {
        tcp.established();
        tcp.user.onData = () -> tcp.connection.disconnectRequest();
        tcp.arrives("P. 4:7(3) ack 1").expect(". 1:1(0) ack 1").arrives("FP. 1:4(3) ack 1");
        tcp.expect("R. 1:1(0)").expectHeard("data 6").expectNothing();
    }

    @Test
    void theUserMayReleaseInTheMiddleOfAnIndication() {
        tcp.established();
        tcp.user.onData = () -> {
            tcp.sends(2);
            tcp.connection.releaseRequest();
        };
        tcp.arrives("FP. 1:4(3) ack 1")
                .expect("P. 1:3(2) ack 5", "F. 3:3(0) ack 5")
                .expectNothing();
        tcp.expectState(TcpState.LAST_ACK).expectHeard("data 3", "release");
    }

    @Test
    void givesUpWhenNothingIsAcknowledgedForAHundredSeconds() { // §3.8.3: R2
        tcp.established();
        tcp.sends(3);
        tcp.passes(99_999).expectHeard().expectState(TcpState.ESTABLISHED).ignoreSent();
        tcp.passes(1).expect("R. 4:4(0) ack 1").expectHeard("disconnect TIMEOUT");
    }

    @Test
    void asksASilentPeerWhetherItIsThere() { // §3.8.4
        with("keep-alive=100s");
        tcp.established();
        tcp.passes(99_999).expectNothing().passes(1).expect(". 0:0(0) ack 1");
        tcp.arrives(". 1:1(0) ack 1").passes(100_000).expect(". 0:0(0) ack 1");
        for (int i = 0; i < 8; i++) {
            tcp.passes(75_000).expect(". 0:0(0) ack 1");
        }
        tcp.passes(75_000).expect("R. 1:1(0) ack 1").expectHeard("disconnect TIMEOUT");
    }

    @Test
    void answersWhenAskedWhetherItIsThere() {
        tcp.established();
        tcp.arrives(". 0:0(0) ack 1")
                .expect(". 1:1(0) ack 1")
                .arrives(". 0:1(1) ack 1")
                .expect(". 1:1(0) ack 1");
        tcp.expectHeard();
    }
}
