package org.osistack.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.network.NetworkReport;

/** RFC 9293 §3.7, §3.8, RFC 5681, 6298, 6675, 8985: what is sent, when, and when again. */
class TcpSendTest {
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
    void pushesAtTheEndOfEachRequest() {
        tcp.established();
        tcp.sends(1500);
        tcp.expect(". 1:1001(1000) ack 1", "P. 1001:1501(500) ack 1").expectNothing();
        tcp.sends(10);
        tcp.expect("P. 1501:1511(10) ack 1");
        assertThat(tcp.connection.unacknowledged()).isEqualTo(1510);
        tcp.arrives(". 1:1(0) ack 1511");
        assertThat(tcp.connection.unacknowledged()).isZero();
    }

    @Test
    void sendsNothingForNothing() {
        tcp.established();
        assertThat(tcp.sends(0)).isTrue();
        tcp.expectNothing();
    }

    @Test
    void waitsForMoreIfItIsToldTo() { // Nagle, §3.7.4
        with("nodelay=off");
        tcp.established();
        tcp.sends(10);
        tcp.expect("P. 1:11(10)");
        tcp.sends(10);
        tcp.sends(10);
        tcp.expectNothing().arrives(". 1:1(0) ack 11").expect("P. 11:31(20)");
    }

    @Test
    void usesTheDefaultWhenThePeerOffersNoMss() { // §3.7.1
        tcp.established("");
        tcp.sends(1000);
        tcp.expect(". 1:537(536)", "P. 537:1001(464)");
    }

    @Test
    void timestampsTakeRoomFromTheText() { // RFC 6691
        tcp.listens()
                .arrives("S 0:0(0) <mss 1000,sackOK,TS>")
                .expect("S. 0:0(0)")
                .arrives(". 1:1(0) ack 1 <TS>");
        tcp.sends(1000);
        tcp.expect(". 1:989(988) <TS>", "P. 989:1001(12) <TS>");
    }

    @Test
    void aSegmentThatIsFullHasNoRoomForBlocks() {
        tcp.established("mss 1000,sackOK");
        tcp.arrives("P. 11:21(10) ack 1").expect(". 1:1(0) ack 1 <sack 11:21>");
        tcp.sends(1100);
        tcp.expect(". 1:1001(1000) ack 1 <>", "P. 1001:1101(100) ack 1 <sack 11:21>");
    }

    @Test
    void beginsWithTenSegmentsAndGrowsByOneForEachAcknowledged() { // RFC 6928, RFC 5681 §3.1
        tcp.established();
        tcp.sends(50_000);
        assertThat(tcp.sentSegments()).isEqualTo(10);
        tcp.ignoreSent().arrives(". 1:1(0) ack 1001");
        tcp.expect(". 10001:11001(1000)", ". 11001:12001(1000)").expectNothing();
        tcp.arrives(". 1:1(0) ack 5001"); // L = 2 of RFC 3465
        assertThat(tcp.sentSegments()).isEqualTo(6);
        tcp.ignoreSent();
    }

    @Test
    void theWindowIsScaled() {
        tcp.listens().arrives("S 0:0(0) win 100 <mss 1000,wscale 5>").expect("S. 0:0(0) <mss 1460,wscale 4>");
        tcp.arrives(". 1:1(0) ack 1 win 100");
        tcp.sends(5000);
        tcp.expect(". 1:1001(1000)", ". 1001:2001(1000)", ". 2001:3001(1000)").expectNothing();
        tcp.arrives(". 1:1(0) ack 3001 win 100").expect(". 3001:4001(1000)", "P. 4001:5001(1000)");
    }

    @Test
    void avoidsSillyWindows() { // §3.8.6.2.1
        tcp.established();
        tcp.arrives(". 1:1(0) ack 1 win 65000");
        tcp.sends(3000);
        tcp.ignoreSent().arrives(". 1:1(0) ack 3001 win 300");
        tcp.sends(1000);
        tcp.expectNothing().passes(199).expectNothing().passes(200).expect(". 3001:3301(300)"); // but not for ever
        tcp.arrives(". 1:1(0) ack 3301 win 2000").expect("P. 3301:4001(700)");
    }

    @Test
    void probesAShutWindow() { // §3.8.6.1
        tcp.established();
        tcp.arrives(". 1:1(0) ack 1 win 0");
        tcp.sends(1500);
        tcp.expectNothing().passes(300).expect(". 1:2(1) ack 1").passes(600).expect(". 1:2(1) ack 1");
        tcp.arrives(". 1:1(0) ack 1 win 0").expectNothing().passes(1200).expect(". 1:2(1) ack 1");
        tcp.arrives(". 1:1(0) ack 1 win 5000")
                .expect(". 1:1001(1000)", "P. 1001:1501(500)")
                .expectNothing();
    }

    @Test
    void goesOnBehindAProbeThatWasTaken() {
        tcp.established();
        tcp.arrives(". 1:1(0) ack 1 win 0");
        tcp.sends(1500);
        tcp.passes(300).expect(". 1:2(1)").arrives(". 1:1(0) ack 2 win 5000");
        tcp.expect(". 2:1002(1000)", "P. 1002:1501(499)").expectNothing();
    }

    @Test
    void staysOpenAsLongAsProbesAreAnswered() {
        tcp.established();
        tcp.arrives(". 1:1(0) ack 1 win 0");
        tcp.sends(1500);
        for (int i = 0; i < 20; i++) {
            tcp.passes(60_000).ignoreSent().arrives(". 1:1(0) ack 1 win 0");
        }
        tcp.expectHeard().expectState(TcpState.ESTABLISHED);
        tcp.passes(99_000)
                .expectHeard()
                .passes(61_000)
                .expectHeard("disconnect TIMEOUT")
                .ignoreSent();
    }

    @Test
    void sendsAgainWhenTheTimerExpiresEachTimeAfterTwiceAsLong() { // RFC 6298 §5
        tcp.established("mss 1000,sackOK");
        tcp.sends(2500);
        tcp.passes(100).arrives(". 1:1(0) ack 2501").ignoreSent(); // so the time-out becomes 250 ms
        tcp.sends(2500);
        tcp.expect(". 2501:3501(1000)", ". 3501:4501(1000)", "P. 4501:5001(500)");
        tcp.passes(199).expectNothing().passes(1).expect("P. 4501:5001(500)"); // tail loss probe, RFC 8985 §7
        for (int time : new int[] {250, 500, 1000, 2000}) {
            tcp.passes(time - 1)
                    .expectNothing()
                    .passes(1)
                    .expect(". 2501:3501(1000)")
                    .expectNothing();
        }
        tcp.arrives(". 1:1(0) ack 3501").expect(". 3501:4501(1000)", "P. 4501:5001(500)");
        assertThat(tcp.tcp.counters.timeouts).isEqualTo(4);
    }

    @Test
    void probesTheTailWithNewDataIfThereIsSome() {
        tcp.established("mss 1000,sackOK");
        tcp.sends(1000);
        tcp.expect("P. 1:1001(1000)").passes(100).arrives(". 1:1(0) ack 1001");
        tcp.sends(15_000);
        tcp.passes(199);
        int before = tcp.sentSegments();
        tcp.passes(1);
        assertThat(tcp.sentSegments()).isEqualTo(before + 1);
        tcp.ignoreSent();
        assertThat(tcp.tcp.counters.retransSegs).isZero();
    }

    @Test
    void retransmitsAfterThreeDuplicateAcknowledgements() { // RFC 5681 §3.2, RFC 3042, RFC 6582
        tcp.established();
        tcp.sends(20_000);
        tcp.ignoreSent();
        tcp.arrives(". 1:1(0) ack 1").expect(". 10001:11001(1000)"); // limited transmit
        tcp.arrives(". 1:1(0) ack 1").expect(". 11001:12001(1000)");
        tcp.arrives(". 1:1(0) ack 1").expect(". 1:1001(1000)");
        for (int i = 0; i < 8; i++) {
            tcp.arrives(". 1:1(0) ack 1");
        }
        tcp.ignoreSent();
        tcp.arrives(". 1:1(0) ack 5001"); // a partial acknowledgement
        tcp.expect(". 5001:6001(1000)");
        assertThat(tcp.tcp.counters.retransSegs).isEqualTo(2);
        tcp.ignoreSent();
    }

    @Test
    void retransmitsJustWhatIsMissing() { // RFC 6675
        tcp.established("mss 1000,sackOK");
        tcp.sends(10_000);
        tcp.ignoreSent().passes(100);
        tcp.arrives(". 1:1(0) ack 2001 <sack 3001:4001>").expectNothing();
        tcp.arrives(". 1:1(0) ack 2001 <sack 3001:5001>").expectNothing();
        tcp.arrives(". 1:1(0) ack 2001 <sack 6001:7001 3001:5001>").expect(". 2001:3001(1000)");
        tcp.arrives(". 1:1(0) ack 2001 <sack 6001:8001 3001:5001>").expect(". 5001:6001(1000)");
        tcp.arrives(". 1:1(0) ack 5001 <sack 6001:8001>").expectNothing();
        tcp.arrives(". 1:1(0) ack 10001").expectNothing();
        assertThat(tcp.tcp.counters.retransSegs).isEqualTo(2);
    }

    @Test
    void seesTheLossOfARetransmission() { // RFC 8985
        tcp.established("mss 1000,sackOK");
        tcp.sends(10_000);
        tcp.ignoreSent().passes(10);
        tcp.arrives(". 1:1(0) ack 1 <sack 1001:4001>").expect(". 1:1001(1000)");
        tcp.passes(10).arrives(". 1:1(0) ack 1 <sack 1001:10001>");
        tcp.sends(1000);
        tcp.ignoreSent().passes(10).arrives(". 1:1(0) ack 1 <sack 1001:11001>").expect(". 1:1001(1000)");
    }

    @Test
    void waitsForWhatMayBeReordered() { // RFC 8985 §6.2, steps 3 and 4
        tcp.established("mss 1000,sackOK");
        tcp.sends(3000);
        tcp.ignoreSent().passes(40).arrives(". 1:1(0) ack 1 <sack 1001:2001>").arrives(". 1:1(0) ack 3001");
        tcp.sends(4000);
        tcp.ignoreSent()
                .passes(40)
                .arrives(". 1:1(0) ack 3001 <sack 4001:7001>")
                .expectNothing();
        tcp.passes(9).expectNothing().passes(1).expect(". 3001:4001(1000)"); // a quarter of the round trip
    }

    @Test
    void sendsFromTheBeginningWhenThePeerForgetsWhatItHad() { // RFC 2018 §8
        tcp.established("mss 1000,sackOK");
        tcp.sends(3000);
        tcp.ignoreSent().arrives(". 1:1(0) ack 1 <sack 1001:3001>").ignoreSent();
        tcp.passes(2000).ignoreSent().arrives(". 1:1(0) ack 1001").ignoreSent();
        tcp.passes(60_000).ignoreSent().arrives(". 1:1(0) ack 2001").arrives(". 1:1(0) ack 3001");
        assertThat(tcp.connection.unacknowledged()).isZero();
    }

    @Test
    void ignoresBlocksThatCannotBe() {
        tcp.established("mss 1000,sackOK");
        tcp.sends(3000);
        tcp.ignoreSent().arrives(". 1:1(0) ack 1 <sack 2001:1001 5:5 3001:9001 1:3002>");
        tcp.arrives(". 1:1(0) ack 1 <sack -500:-100 1500:1700>").expectNothing();
        assertThat(((TcpConnection) tcp.connection).snd.flight.sackedOctets()).isZero();
    }

    @Test
    void noticesThatATimeOutWasAMistake() { // RFC 3522, RFC 4015
        tcp.listens()
                .arrives("S 0:0(0) <mss 1012,sackOK,TS>")
                .expect("S. 0:0(0)")
                .arrives(". 1:1(0) ack 1 <TS>");
        tcp.sends(1000);
        tcp.expect("P. 1:1001(1000)").passes(10).arrives(". 1:1(0) ack 1001 <TS>");
        tcp.sends(5000);
        int window = ((TcpConnection) tcp.connection).snd.congestion.cwnd();
        for (int from = 1001; from < 5001; from += 1000) {
            tcp.expect(". " + from + ":" + (from + 1000) + "(1000)");
        }
        tcp.expect("P. 5001:6001(1000)");
        int lastTsVal = tcp.lastTsVal();
        tcp.passes(20).expect("P. 5001:6001(1000)").passes(200).expect(". 1001:2001(1000)");
        tcp.arrives(". 1:1(0) ack 2001 <TS 5000:" + lastTsVal + ">").expectNothing();
        assertThat(((TcpConnection) tcp.connection).snd.congestion.cwnd()).isGreaterThanOrEqualTo(window);
        assertThat(tcp.tcp.counters.spuriousTimeouts).isOne();
    }

    @Test
    void isNotMisledByAnEchoOfASegmentWhoseAcknowledgementWasLost() { // RFC 3522 §3.2, step 6
        tcp.listens()
                .arrives("S 0:0(0) <mss 1012,sackOK,TS>")
                .expect("S. 0:0(0)")
                .arrives(". 1:1(0) ack 1 <TS>");
        tcp.sends(1000);
        tcp.expect("P. 1:1001(1000)").passes(10).arrives(". 1:1(0) ack 1001 <TS>");
        RttEstimator rtt = ((TcpConnection) tcp.connection).snd.rtt;
        long before = rtt.srtt();
        tcp.sends(1000);
        tcp.expect("P. 1001:2001(1000)");
        int lastTsVal = tcp.lastTsVal();

        tcp.passes(30_000).ignoreSent(); // all the answers are lost, but for the last
        assertThat(rtt.backOffs()).isPositive();
        tcp.arrives(". 1:1(0) ack 2001 <TS 5000:" + lastTsVal + ",sack 1001 2001>");

        assertThat(rtt.srtt()).isEqualTo(before);
        assertThat(rtt.backOffs()).isZero();
        assertThat(tcp.tcp.counters.spuriousTimeouts).isZero();
    }

    @Test
    void cutsSegmentsAnewWhenThePathTurnsOutToBeNarrow() { // RFC 1191 §6
        tcp.established("mss 1460");
        tcp.sends(4000);
        tcp.expect(". 1:1461(1460)", ". 1461:2921(1460)", "P. 2921:4001(1080)");
        tcp.network.maxSduLength = 1020;
        tcp.reported(NetworkReport.TOO_LONG, 5000); // not of a segment that is on the way: RFC 5927 §4.1
        tcp.expectNothing();
        tcp.reported(NetworkReport.TOO_LONG, 1);
        tcp.expect(". 1:1001(1000)", ". 1001:1461(460)", ". 1461:2461(1000)", ". 2461:2921(460)");
        tcp.expect(". 2921:3921(1000)", "P. 3921:4001(80)").expectNothing();
        tcp.arrives(". 1:1(0) ack 4001");
        tcp.sends(1001);
        tcp.expect(". 4001:5001(1000)", "P. 5001:5002(1)");
    }

    @Test
    void learnsOfANarrowPathWhileItSends() {
        tcp.established("mss 1460");
        tcp.network.maxSduLength = 520;
        tcp.sends(1400);
        tcp.passes(0).expect(". 1:501(500)", ". 501:1001(500)", "P. 1001:1401(400)");
    }

    @Test
    void refusesWhatDoesNotFitAndTellsWhenItDoes() {
        with("sendbuffer=4k");
        tcp.established();
        assertThat(tcp.connection.sendCapacity()).isEqualTo(4096);
        assertThat(tcp.sends(3000)).isTrue();
        assertThat(tcp.sends(2000)).isFalse();
        assertThat(tcp.connection.sendCapacity()).isEqualTo(1096);
        tcp.ignoreSent().arrives(". 1:1(0) ack 501").expectHeard();
        tcp.arrives(". 1:1(0) ack 1001").expectHeard("ready");
        assertThat(tcp.sends(2000)).isTrue();
        tcp.arrives(". 1:1(0) ack 2001").expectHeard().ignoreSent();
    }

    @Test
    void takesAPduThatIsLongerThanTheBufferWhenTheBufferIsEmpty() {
        with("sendbuffer=4k");
        tcp.established();
        assertThat(tcp.sends(10)).isTrue();
        assertThat(tcp.sends(20_000)).isFalse();
        tcp.arrives(". 1:1(0) ack 11").expectHeard("ready");
        assertThat(tcp.sends(20_000)).isTrue();
        assertThat(tcp.connection.sendCapacity()).isZero();
        tcp.ignoreSent()
                .arrives(". 1:1(0) ack 10011")
                .arrives(". 1:1(0) ack 20011")
                .ignoreSent();
        assertThat(tcp.connection.unacknowledged()).isZero();
    }

    @Test
    void manyShortSegmentsWaitForAcknowledgements() {
        tcp.established();
        for (int i = 0; i < 200; i++) {
            tcp.sends(1);
        }
        assertThat(tcp.sentSegments()).isLessThan(50);
        tcp.ignoreSent().arrives(". 1:1(0) ack 2").expect("P. 37:201(164)").expectNothing();
    }

    @Test
    void beginsAfreshAfterALongPause() { // RFC 5681 §4.1
        tcp.established();
        for (int i = 0; i < 10; i++) {
            tcp.sends(10_000);
            tcp.ignoreSent()
                    .passes(1)
                    .arrives(". 1:1(0) ack " + (10_000 * (i + 1) + 1))
                    .ignoreSent();
        }
        tcp.sends(30_000);
        assertThat(tcp.sentSegments()).isGreaterThan(10);
        tcp.ignoreSent()
                .acknowledgesAll()
                .ignoreSent()
                .acknowledgesAll()
                .expectNothing()
                .passes(1000);
        tcp.sends(30_000);
        assertThat(tcp.sentSegments()).isEqualTo(10);
        tcp.ignoreSent();
    }
}
