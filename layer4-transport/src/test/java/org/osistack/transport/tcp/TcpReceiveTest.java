package org.osistack.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Discard;
import org.osistack.core.Pdu;
import org.osistack.network.TransportProtocol;

/** RFC 9293 §3.4, §3.8.6 and §3.10.7.4: what arrives, in whatever order, and how it is acknowledged. */
class TcpReceiveTest {
    private Script tcp = new Script();

    @AfterEach
    void noPduLeaks() {
        tcp.end();
    }

    private void with(String... options) {
        tcp.end();
        tcp = new Script(options);
    }

    /** Let the acknowledgements at the beginning, which come at once, be over. */
    private int afterTheQuickAcks() {
        int next = 1;
        for (int i = 0; i < 16; i++, next += 10) {
            tcp.arrives("P. " + next + ":" + (next + 10) + "(10) ack 1").expect(". 1:1(0) ack " + (next + 10));
        }
        tcp.user.heard.clear();
        return next;
    }

    @Test
    void acknowledgesAtOnceInTheBeginningAndLaterAfterFortyMilliseconds() { // §3.8.6.3
        tcp.established();
        int next = afterTheQuickAcks();
        tcp.arrives("P. 161:171(10) ack 1").expectHeard("data 10").expectNothing();
        tcp.passes(39).expectNothing().passes(1).expect(". 1:1(0) ack 171");
        assertThat(next).isEqualTo(161);
    }

    @Test
    void acknowledgesEverySecondFullSizedSegment() {
        tcp.established();
        afterTheQuickAcks();
        tcp.arrives(". 161:1161(1000) ack 1").expectNothing();
        tcp.arrives(". 1161:2161(1000) ack 1").expect(". 1:1(0) ack 2161");
        tcp.arrives(". 2161:3161(1000) ack 1").expectNothing();
        tcp.arrives(". 3161:4161(1000) ack 1")
                .expect(". 1:1(0) ack 4161")
                .passes(100)
                .expectNothing();
    }

    @Test
    void acknowledgesOnceWhatComesInOneTurnWhenMoreHasComeThanTheWindowHolds() {
        with("window=4k");
        tcp.established();
        int next = afterTheQuickAcks();
        for (; next < 4096; next += 2000) {
            tcp.arrivesInOneTurn(next, 1000, 2).expect(". 1:1(0) ack " + (next + 2000));
        }

        tcp.arrivesInOneTurn(next, 100, 3).expectNothing().passes(40).expect(". 1:1(0) ack " + (next + 300));
        next += 300;
        tcp.arrivesInOneTurn(next, 1000, 3)
                .expect(". 1:1(0) ack " + (next + 3000))
                .expectNothing();
    }

    @Test
    void acknowledgesEachEighthSegmentInTheMiddleOfATurn() {
        with("window=64k");
        tcp.established();
        int next = afterTheQuickAcks();
        for (; next < 65_536; next += 2000) {
            tcp.arrivesInOneTurn(next, 1000, 2).expect(". 1:1(0) ack " + (next + 2000));
        }

        tcp.arrivesInOneTurn(next, 1000, 19)
                .expect(". 1:1(0) ack " + (next + 8000))
                .expect(". 1:1(0) ack " + (next + 16_000))
                .expect(". 1:1(0) ack " + (next + 19_000))
                .passes(100)
                .expectNothing();
    }

    @Test
    void anAnswerOfTheUserCarriesTheAcknowledgement() {
        tcp.established();
        tcp.user.onData = () -> tcp.sends(2);
        tcp.arrives("P. 1:4(3) ack 1").expect("P. 1:3(2) ack 4").passes(100).expectNothing();
    }

    @Test
    void acknowledgesAtOnceIfAskedTo() {
        with("delayedack=0");
        tcp.established();
        afterTheQuickAcks();
        tcp.arrives("P. 161:171(10) ack 1").expect(". 1:1(0) ack 171");
    }

    @Test
    void putsInOrderWhatComesOutOfOrder() {
        tcp.established("mss 1000,sackOK");
        tcp.arrives("P. 11:21(10) ack 1").expect(". 1:1(0) ack 1 <sack 11:21>").expectHeard();
        tcp.arrives("P. 31:41(10) ack 1").expect(". 1:1(0) ack 1 <sack 31:41 11:21>");
        tcp.arrives("P. 21:31(10) ack 1").expect(". 1:1(0) ack 1 <sack 11:41>");
        tcp.arrives("P. 1:11(10) ack 1").expect(". 1:1(0) ack 41 <>").expectReceived(40);
        assertThat(tcp.tcp.counters.outOfOrderSegs).isEqualTo(3);
    }

    @Test
    void reportsTheBlockThatGrewLastFirstAndAsManyAsFit() { // RFC 2018 §4
        tcp.established("mss 1000,sackOK");
        for (int i = 1; i <= 6; i++) {
            tcp.arrives("P. " + 100 * i + ":" + (100 * i + 10) + "(10) ack 1");
        }
        tcp.ignoreSent().arrives("P. 310:320(10) ack 1");
        tcp.expect(". 1:1(0) ack 1 <sack 300:320 600:610 500:510 400:410>");
        tcp.arrives("P. 1:100(99) ack 1").expect(". 1:1(0) ack 110 <sack 300:320 600:610 500:510 400:410>");
    }

    @Test
    void withTimestampsThreeBlocksFit() {
        tcp.listens()
                .arrives("S 0:0(0) <mss 1000,sackOK,TS>")
                .expect("S. 0:0(0)")
                .arrives(". 1:1(0) ack 1 <TS>");
        for (int i = 1; i <= 4; i++) {
            tcp.arrives("P. " + 100 * i + ":" + (100 * i + 10) + "(10) ack 1 <TS>");
        }
        tcp.expect(". 1:1(0) <TS,sack 100:110>", ". 1:1(0) <TS,sack 200:210 100:110>");
        tcp.expect(". 1:1(0) <TS,sack 300:310 200:210 100:110>", ". 1:1(0) <TS,sack 400:410 300:310 200:210>");
    }

    @Test
    void reportsWhatCameTwice() { // RFC 2883
        tcp.established("mss 1000,sackOK");
        tcp.arrives("P. 1:11(10) ack 1").expect(". 1:1(0) ack 11 <>");
        tcp.arrives("P. 1:11(10) ack 1").expect(". 1:1(0) ack 11 <sack 1:11>").expectNothing();
        tcp.arrives("P. 6:16(10) ack 1").expect(". 1:1(0) ack 16 <sack 6:11>").expectReceived(15);
        tcp.arrives("P. 20:30(10) ack 1").expect(". 1:1(0) ack 16 <sack 20:30>");
        tcp.arrives("P. 20:30(10) ack 1").expect(". 1:1(0) ack 16 <sack 20:30 20:30>");
        assertThat(tcp.tcp.discards.count(Discard.DUPLICATE)).isEqualTo(2);
    }

    @Test
    void sortsOutOverlaps() {
        tcp.established();
        tcp.arrives("P. 11:21(10) ack 1").arrives("P. 31:41(10) ack 1").arrives("P. 16:36(20) ack 1");
        tcp.arrives("P. 5:60(55) ack 1").arrives("P. 58:62(4) ack 1").expectHeard();
        tcp.arrives("P. 1:8(7) ack 1").expectReceived(61).ignoreSent();
    }

    @Test
    void cutsWhatLiesBeyondTheWindow() {
        with("window=2048");
        tcp.established();
        tcp.connection.pause();
        tcp.arrives("P. 1:3001(3000) ack 1").expect(". 1:1(0) ack 2049 win 0");
        tcp.connection.resume();
        tcp.passes(0).expectReceived(2048).expect(". 1:1(0) ack 2049 win 2048");
    }

    @Test
    void takesASegmentThatCoversTheWholeWindow() {
        with("window=2048");
        tcp.established();
        tcp.arrives("P. 1:11(10) ack 1")
                .arrives("FP. -9:3001(3010) ack 1")
                .expectReceived(2048)
                .ignoreSent();
        tcp.expectState(TcpState.ESTABLISHED);
    }

    @Test
    void refusesWhatLiesWhollyOutsideTheWindow() {
        with("window=2048");
        tcp.established();
        tcp.arrives("P. 2049:2060(11) ack 1").expect(". 1:1(0) ack 1").arrives("P. -20:-10(10) ack 1");
        tcp.expect(". 1:1(0) ack 1").expectHeard();
        assertThat(tcp.tcp.discards.count(Discard.OUT_OF_WINDOW)).isOne();
    }

    @Test
    void shutsTheWindowWhenTheUserPausesAndOpensItWhenItGoesOn() {
        with("window=4096");
        tcp.established();
        tcp.connection.pause();
        for (int i = 0; i < 4; i++) {
            int from = 1 + 1000 * i;
            tcp.arrives("P. " + from + ":" + (from + 1000) + "(1000) ack 1");
            tcp.expect(". 1:1(0) ack " + (from + 1000) + " win " + (4096 - 1000 * (i + 1)));
        }
        tcp.arrives("P. 4001:4097(96) ack 1").expect(". 1:1(0) ack 4097 win 0");
        tcp.arrives(". 4097:4098(1) ack 1").expect(". 1:1(0) ack 4097 win 0"); // a zero-window probe
        tcp.sends(3);
        tcp.expect("P. 1:4(3) ack 4097 win 0");
        tcp.arrives(". 4097:4098(1) ack 4").expect(". 4:4(0) ack 4097 win 0"); // its acknowledgement counts
        assertThat(tcp.connection.unacknowledged()).isZero();
        tcp.connection.resume();
        tcp.passes(0).expect(". 4:4(0) ack 4097 win 4096").expectReceived(4096);
    }

    @Test
    void tellsNoWindowToAPeerThatHasFinished() { // it may have gone, and would answer with a reset
        with("window=4096");
        tcp.established();
        tcp.connection.pause();
        tcp.arrives("P. 1:4001(4000) ack 1").expect(". 1:1(0) ack 4001 win 96");
        tcp.arrives("F. 4001:4001(0) ack 1").expect(". 1:1(0) ack 4002 win 95");
        tcp.connection.resume();
        tcp.passes(0).expectReceived(4000).expectNothing();
    }

    @Test
    void neverTakesTheWindowBack() {
        with("window=60k", "wscale=4");
        tcp.established("mss 1000,wscale 0");
        tcp.connection.pause();
        tcp.arrives("P. 1:1001(1000) ack 1").expect(". 1:1(0) ack 1001 win " + (60 * 1024 - 1000 + 15 >> 4));
    }

    @Test
    void doesNotTellOfSmallProgress() { // silly window avoidance, §3.8.6.2.2
        with("window=4096");
        tcp.established();
        tcp.connection.pause();
        tcp.arrives("P. 1:4097(4096) ack 1").expect(". 1:1(0) ack 4097 win 0");
        tcp.user.onData = () -> tcp.connection.pause();
        tcp.connection.resume();
        tcp.passes(0).expect(". 1:1(0) ack 4097 win 4096");
    }

    @Test
    void takesSuperFramesAndPartialChecksums() {
        tcp.end();
        tcp = new Script();
        tcp.network.partialChecksums = true;
        Script partial = tcp;
        partial.established();
        partial.arrives("P. 1:30001(30000) ack 1").expect(". 1:1(0) ack 30001").expectReceived(30000);
        assertThat(partial.tcp.discards.total()).isZero();
    }

    @Test
    void countsWhatIsBroken() {
        tcp.established();
        Pdu wrongChecksum = tcp.host.pool().takeForReceiving(20).pushTrailer(20);
        new TcpHeader().wrap(wrongChecksum).ports(1, 2).sequenceNumber(0).acknowledgmentNumber(0);
        new TcpHeader()
                .wrap(wrongChecksum)
                .lengthAndControl(20, TcpHeader.SYN)
                .window(0)
                .fillChecksum(1);
        tcp.network.arrives(Script.peer(), tcp.network.address, TransportProtocol.TCP, wrongChecksum);
        Pdu tooShort = tcp.host.pool().takeForReceiving(19).pushTrailer(19);
        tcp.network.arrives(Script.peer(), tcp.network.address, TransportProtocol.TCP, tooShort);
        Pdu badLength = tcp.host.pool().takeForReceiving(20).pushTrailer(20).putUint8(12, 0x60);
        tcp.network.arrives(Script.peer(), tcp.network.address, TransportProtocol.TCP, badLength);
        assertThat(tcp.tcp.discards.count(Discard.BAD_CHECKSUM)).isOne();
        assertThat(tcp.tcp.discards.count(Discard.TOO_SHORT)).isOne();
        assertThat(tcp.tcp.discards.count(Discard.BAD_LENGTH)).isOne();
        assertThat(tcp.tcp.counters.inErrs).isEqualTo(3);
        tcp.expectNothing();
    }

    @Test
    void hearsNothingFromOrToGroups() {
        tcp.listens();
        for (boolean from : new boolean[] {true, false}) {
            Pdu syn = tcp.host.pool().takeForReceiving(20).pushTrailer(20);
            var group = tcp.tcp.parseAddress("255.255.255.255");
            var source = from ? group : Script.peer();
            var destination = from ? tcp.network.address : group;
            new TcpHeader()
                    .wrap(syn)
                    .ports(1, Script.OUR_PORT)
                    .sequenceNumber(0)
                    .acknowledgmentNumber(0)
                    .lengthAndControl(20, TcpHeader.SYN)
                    .window(0)
                    .fillChecksum(tcp.network.pseudoHeaderSum(source, destination, TransportProtocol.TCP, 20));
            tcp.network.arrives(source, destination, TransportProtocol.TCP, syn);
        }
        tcp.expectNothing();
        assertThat(tcp.tcp.discards.total()).isEqualTo(2);
    }

    @Test
    void urgentDataIsDataLikeAnyOther() { // RFC 6093
        tcp.established();
        tcp.arrives("UP. 1:4(3) ack 1").expectHeard("data 3").expectReceived(3).ignoreSent();
    }

    @Test
    void limitsWhatIsKeptOutOfOrder() {
        with("outoforder=10k");
        tcp.established();
        for (int i = 0; i < 20; i++) {
            int from = 1001 + 3000 * i;
            tcp.arrives(". " + from + ":" + (from + 1000) + "(1000) ack 1");
        }
        tcp.ignoreSent();
        assertThat(tcp.tcp.discards.count(Discard.OVER_LIMIT)).isEqualTo(15);
        assertThat(tcp.tcp.reassemblyBudget.used()).isEqualTo(5 * 2048);
        assertThat(tcp.host.pool().outstanding()).isEqualTo(5);
    }

    @Test
    void manySmallSegmentsDoNotKeepManyBuffers() {
        tcp.established();
        for (int i = 0; i < 1000; i++) {
            tcp.arrives(". " + (10 + i) + ":" + (11 + i) + "(1) ack 1").ignoreSent();
        }
        assertThat(tcp.host.pool().outstanding()).isOne();
        tcp.connection.pause();
        tcp.arrives(". 1:10(9) ack 1").ignoreSent();
        tcp.connection.resume();
        tcp.passes(0).expectReceived(1009).ignoreSent();
    }

    @Test
    void echoesTheTimestampOfWhatWasAcknowledgedLast() { // RFC 7323 §4.3
        tcp.listens().arrives("S 0:0(0) <mss 1000,TS 100:0>").expect("S. 0:0(0) <mss 1460,TS>");
        assertThat(tcp.lastTsEcr).isEqualTo(100);
        tcp.arrives(". 1:1(0) ack 1 <TS 110>")
                .arrives("P. 1:4(3) ack 1 <TS 120>")
                .expect(". 1:1(0) ack 4 <TS>");
        assertThat(tcp.lastTsEcr).isEqualTo(120);
        tcp.arrives("P. 7:9(2) ack 1 <TS 140>").expect(". 1:1(0) ack 4");
        assertThat(tcp.lastTsEcr).as("not that of what is out of order").isEqualTo(120);
        tcp.arrives("P. 4:7(3) ack 1 <TS 130>").expect(". 1:1(0) ack 9");
        assertThat(tcp.lastTsEcr).isEqualTo(130);
    }

    @Test
    void refusesWhatComesFromThePast() { // PAWS, RFC 7323 §5.3
        tcp.listens()
                .arrives("S 0:0(0) <mss 1000,TS 100:0>")
                .expect("S. 0:0(0)")
                .arrives(". 1:1(0) ack 1 <TS 110>");
        tcp.arrives("P. 1:4(3) ack 1 <TS 109>").expect(". 1:1(0) ack 1").expectHeard("indication");
        tcp.arrives("P. 1:4(3) ack 1").expectNothing().expectHeard(); // no timestamp at all: §3.2
        tcp.arrives("R 1:1(0)").expectHeard("disconnect REMOTE_USER"); // resets need none
    }

    @Test
    void theTimestampOfAConnectionThatWasIdleForLongIsForgotten() { // RFC 7323 §5.5
        tcp.listens()
                .arrives("S 0:0(0) <mss 1000,TS 100:0>")
                .expect("S. 0:0(0)")
                .arrives(". 1:1(0) ack 1 <TS 110>");
        tcp.passes(24L * 24 * 3600 * 1000 + 1)
                .arrives("P. 1:4(3) ack 1 <TS 50>")
                .expect(". 1:1(0) ack 4");
    }
}
