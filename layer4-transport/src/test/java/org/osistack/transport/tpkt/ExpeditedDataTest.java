package org.osistack.transport.tpkt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Discard;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.OctetStreamConnection;

/** Expedited data in the form of RFC 1006 §6. */
class ExpeditedDataTest {
    private static final String CR = "03000015 10 e0 0000 1234 00 c0010b c2020001 c60101";
    private static final String SIXTEEN = "000102030405060708090a0b0c0d0e0f";

    private TwoTpkts hosts = new TwoTpkts();

    @AfterEach
    void nothingIsLeftOver() {
        hosts.caller.connection.disconnectRequest();
        hosts.run();
        hosts.nothingIsLeftOver();
    }

    @Test
    void anEdLooksLikeADtOfAnotherCode() {
        String reference = hosts.calledRaw(true).substring(16, 20);
        hosts.say(hosts.bob, hosts.called.connection, "03000011 0cd0" + reference + "1234 00 c0010b c60101");
        hosts.called.data.clear();
        hosts.sendExpedited("05004142");
        hosts.sendExpedited(SIXTEEN);
        hosts.send(2);
        hosts.run();
        assertThat(hosts.called.received())
                .isEqualTo("0300000b" + "021080" + "05004142" + "03000017" + "021080" + SIXTEEN + "03000009" + "02f080"
                        + "0001");
        hosts.say(hosts.bob, hosts.called.connection, "03000008 021080 07 03000008 02f080 08 03000008 021080 09");
        assertThat(hosts.caller.heard).containsExactly("X 07", "D 1", "X 09");
    }

    @Test
    void takesWhatIsodeSends() {
        hosts.listen(true);
        // Its CR has the options first, and its ED has no end-of-TSDU mark.
        hosts.callRaw(
                "03000015 10 e0 0000 4bea 00 c60101 c2020001 c0010b",
                "0300000a 02 10 00 070102 0300000b 02 10 00 05004142 0300000b 02 f0 80 01000100");
        assertThat(hosts.caller.received()).startsWith("0300001510d04bea").endsWith("c0010bc2020001c60101");
        assertThat(hosts.called.heard).containsExactly("X 070102", "X 05004142", "D 4");
    }

    @Test
    void goesBeforeWhatIsQueuedOfATsdu() {
        hosts.connect();
        assertThat(hosts.send(100_000)).isTrue();
        assertThat(hosts.sendExpedited("aa")).isTrue();
        assertThat(hosts.sendExpedited("bb")).isTrue();
        hosts.run();
        assertThat(hosts.called.heard).containsExactly("X aa", "X bb", "D 100000");
        assertThat(hosts.called.data.get(0).at(99_999)).isEqualTo(99_999 & 0xff);
    }

    @Test
    void waitsForRoomInTheStreamBeforeAllElseAndRefusesASecondOne() {
        hosts = new TwoTpkts(2 * (8192 + 4)); // room for two DTs to the octet
        hosts.connect();
        assertThat(hosts.send(100_000)).isTrue();
        assertThat(hosts.sendExpedited("aa")).isTrue();
        assertThat(hosts.sendExpedited("bb")).isFalse();
        assertThat(hosts.send(1)).isFalse();
        assertThat(hosts.caller.ready).isZero();
        hosts.caller.connection.disconnectRequest();
        hosts.run();
        assertThat(hosts.called.heard).containsExactly("X aa", "D 100000");
        assertThat(hosts.called.ends).containsExactly(DisconnectReason.REMOTE_USER);
    }

    @Test
    void saysWhenExpeditedDataIsTakenAgainThoughNormalDataStillWaits() {
        hosts = new TwoTpkts(2 * (8192 + 4));
        hosts.connect();
        hosts.send(100_000);
        hosts.sendExpedited("aa");
        assertThat(hosts.sendExpedited("bb")).isFalse();
        hosts.simulation.runUntil(() -> hosts.caller.ready == 1, Duration.ofSeconds(1));
        assertThat(hosts.called.data).isEmpty();
        assertThat(hosts.send(1)).isFalse();
        assertThat(hosts.sendExpedited("bb")).isTrue();
        hosts.run();
        assertThat(hosts.called.heard).containsExactly("X aa", "X bb", "D 100000");
        assertThat(hosts.caller.ready).isGreaterThanOrEqualTo(2);
        assertThat(hosts.send(1)).isTrue();
    }

    @Test
    void isNotOvertakenByLaterData() {
        hosts = new TwoTpkts(26);
        hosts.connect("tpdu", "128", "expedited", "yes");
        assertThat(hosts.sendExpedited(SIXTEEN.substring(0, 24))).isTrue(); // leaves room for 7
        assertThat(hosts.sendExpedited("aa")).isTrue(); // waits
        assertThat(hosts.send(1)).isFalse();
        hosts.run();
        assertThat(hosts.caller.ready).isEqualTo(1);
        assertThat(hosts.send(1)).isTrue();
        hosts.run();
        assertThat(hosts.called.heard).containsExactly("X " + SIXTEEN.substring(0, 24), "X aa", "D 1");
    }

    @Test
    void aTsduWithoutRoomForHeadersIsSentToo() {
        hosts.connect();
        Pdu pdu = hosts.alice.pool().takeForReceiving(2).append(new byte[] {1, 2});
        assertThat(hosts.caller.connection.expeditedDataRequest(pdu)).isTrue();
        hosts.run();
        assertThat(hosts.called.heard).containsExactly("X 0102");
    }

    @Test
    void carriesOneToSixteenOctetsAndOnlyIfAgreed() {
        hosts.connect();
        Pdu none = hosts.alice.pool().take();
        assertThatThrownBy(() -> hosts.caller.connection.expeditedDataRequest(none))
                .isInstanceOf(IllegalArgumentException.class);
        none.append(new byte[17]);
        assertThatThrownBy(() -> hosts.caller.connection.expeditedDataRequest(none))
                .isInstanceOf(IllegalArgumentException.class);
        hosts.caller.connection.disconnectRequest();
        assertThat(hosts.caller.connection.expeditedDataRequest(none.truncate(16)))
                .isTrue(); // after the end: ignored
        hosts.run();
        hosts.caller.connection = hosts.open(hosts.alice, "expedited", "off")
                .connectRequest(TwoTpkts.ALICE, TwoTpkts.BOB, true, hosts.caller);
        Pdu one = hosts.alice.pool().take().appendUint8(1);
        assertThatThrownBy(() -> hosts.caller.connection.expeditedDataRequest(one))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("WFNC");
        hosts.run();
        assertThatThrownBy(() -> hosts.caller.connection.expeditedDataRequest(one))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not agreed");
        one.release();
    }

    @Test
    void oneThatWasNotAgreedOnIsAnsweredByEr() {
        hosts.listen(false);
        rejects(hosts.callRaw(CR), "03000008 02 10 80 41", "0300000d" + "0870" + "1234" + "02" + "c1020210");
        assertThat(hosts.bob.discards(4, "TPKT").count(Discard.UNKNOWN_PDU)).isEqualTo(1);
    }

    @Test
    void oneWithoutOctetsIsAnsweredByEr() {
        hosts.listen(true);
        rejects(hosts.callRaw(CR), "03000007 02 10 80", "0300000e" + "0970" + "1234" + "00" + "c103021080");
        assertThat(hosts.bob.discards(4, "TPKT").count(Discard.TOO_SHORT)).isEqualTo(1);
    }

    @Test
    void oneThatIsTooLongIsAnsweredByEr() {
        hosts.listen(true);
        rejects(
                hosts.callRaw(CR),
                "03000019 02 10 80" + SIXTEEN + "1011",
                "0300001f" + "1a70" + "1234" + "00" + "c114021080" + SIXTEEN + "10");
        assertThat(hosts.bob.discards(4, "TPKT").count(Discard.TOO_LONG)).isEqualTo(1);
    }

    @Test
    void oneOfClassFourIsAnsweredByEr() {
        hosts.listen(true);
        rejects(hosts.callRaw(CR), "0300000a 04 10 0001 80 41", "0300000d" + "0870" + "1234" + "02" + "c1020410");
    }

    private void rejects(OctetStreamConnection stream, String packet, String er) {
        assertThat(hosts.caller.received()).startsWith("0300001510d0");
        hosts.caller.data.clear();
        hosts.say(hosts.alice, stream, packet);
        assertThat(hosts.caller.received()).isEqualTo(er);
        assertThat(hosts.caller.released).isTrue();
        assertThat(hosts.called.heard).isEmpty();
        assertThat(hosts.called.ends).containsExactly(DisconnectReason.PROTOCOL_ERROR);
    }

    @Test
    void oneBeforeTheCrEndsTheStream() {
        hosts.listen(true);
        hosts.callRaw("03000008 02 10 80 41");
        assertThat(hosts.caller.received()).isEqualTo("0300000d" + "0870" + "0000" + "02" + "c1020210");
        assertThat(hosts.caller.released).isTrue();
    }

    @Test
    void oneThatDoesNotWaitForTheCcEndsTheConnection() {
        hosts.open(hosts.bob).attach(TwoTpkts.BOB, (connection, expedited) -> {
            hosts.called.connection = connection; // and answers later
            return hosts.called;
        });
        hosts.callRaw(CR, "03000008 02 10 80 41");
        assertThat(hosts.caller.received()).isEqualTo("0300000d" + "0870" + "1234" + "02" + "c1020210");
        assertThat(hosts.called.ends).containsExactly(DisconnectReason.PROTOCOL_ERROR);
        hosts.called.connection.connectResponse(true);
        hosts.run();
        assertThat(hosts.caller.data).hasSize(1);
    }

    @Test
    void oneInsteadOfTheCcEndsTheAttempt() {
        hosts.calledRaw(true);
        hosts.called.data.clear();
        hosts.say(hosts.bob, hosts.called.connection, "03000008 02 10 80 41");
        assertThat(hosts.called.received()).isEqualTo("0300000d" + "0870" + "0000" + "02" + "c1020210");
        assertThat(hosts.caller.ends).containsExactly(DisconnectReason.PROTOCOL_ERROR);
        hosts.called.connection.disconnectRequest();
    }

    @Test
    void theLastBitsOfCodeAndTheNumberAreIgnored() {
        hosts.listen(true);
        hosts.callRaw(CR, "03000008 02 15 ff 41");
        assertThat(hosts.called.heard).containsExactly("X 41");
    }

    @Test
    void isHeardInTheMiddleOfATsduAndInTheMiddleOfAPause() {
        hosts.listen(true);
        OctetStreamConnection stream = hosts.callRaw(CR);
        hosts.called.connection.pause();
        hosts.say(
                hosts.alice,
                stream,
                "03000009 02f000 0102 03000008 021080 aa 03000008 02f080 03 03000008 02f080 04 03000008 021080 bb");
        assertThat(hosts.called.heard).containsExactly("X aa", "X bb");
        hosts.called.connection.resume();
        hosts.run();
        assertThat(hosts.called.data).containsExactly(Octets.ofHex("010203"), Octets.ofHex("04"));
    }

    @Test
    void aPausedUserHearsWhatIsLessThanTheReadAheadLimitBehind() {
        hosts.connect();
        hosts.called.connection.pause();
        int taken = 0;
        while (hosts.send(1000)) {
            taken++;
            hosts.run();
        }
        // 64 KiB of buffers are read ahead, and the stream holds the rest
        assertThat(taken).isBetween(32 + 19, 32 + 19 + 1);
        assertThat(hosts.sendExpedited("aa")).isTrue();
        hosts.run();
        assertThat(hosts.called.heard).isEmpty();
        hosts.called.connection.resume();
        hosts.run();
        assertThat(hosts.called.heard.get(taken)).isEqualTo("X aa");
        assertThat(hosts.called.data).hasSize(taken);
        hosts.called.connection.pause();
        hosts.send(1000);
        hosts.sendExpedited("bb");
        hosts.run();
        assertThat(hosts.called.heard).endsWith("X aa", "X bb");
        hosts.called.connection.resume();
        hosts.run();
        assertThat(hosts.called.heard).endsWith("X bb", "D 1000");
    }

    @Test
    void aUserThatPausesAgainWhileItIsToldHearsNoMore() {
        hosts.connect();
        hosts.called.connection.pause();
        for (int i = 1; i <= 5; i++) {
            hosts.send(i);
        }
        hosts.run();
        hosts.called.connection.resume();
        hosts.called.connection.pause();
        hosts.run();
        assertThat(hosts.called.heard).isEmpty();
        hosts.called.connection.resume();
        hosts.called.connection.resume();
        hosts.send(6);
        hosts.run();
        assertThat(hosts.called.heard).containsExactly("D 1", "D 2", "D 3", "D 4", "D 5", "D 6");
    }

    @Test
    void whatHasArrivedInAPauseIsHeardBeforeTheEnd() {
        hosts.connect();
        hosts.called.connection.pause();
        hosts.send(3);
        hosts.send(4);
        hosts.run();
        assertThat(hosts.called.heard).isEmpty();
        hosts.caller.connection.disconnectRequest();
        hosts.run();
        assertThat(hosts.called.heard).containsExactly("D 3", "D 4");
        assertThat(hosts.called.ends).containsExactly(DisconnectReason.REMOTE_USER);
    }

    @Test
    void whatHasArrivedInAPauseGoesWithTheUsersOwnEnd() {
        hosts.connect();
        hosts.called.connection.pause();
        hosts.send(3);
        hosts.run();
        hosts.called.connection.disconnectRequest();
        hosts.run();
        assertThat(hosts.called.heard).isEmpty();
        assertThat(hosts.caller.ends).containsExactly(DisconnectReason.REMOTE_USER);
    }

    @Test
    void aPauseBeforeTheAnswerHoldsAfterwards() {
        hosts.open(hosts.bob).attach(TwoTpkts.BOB, (connection, expedited) -> {
            hosts.called.connection = connection;
            connection.pause();
            connection.connectResponse(true);
            return hosts.called;
        });
        hosts.callRaw(CR, "03000008 02f080 41 03000008 021080 42");
        assertThat(hosts.called.heard).containsExactly("X 42");
        hosts.called.connection.resume();
        hosts.run();
        assertThat(hosts.called.heard).containsExactly("X 42", "D 1");
    }
}
