package org.osistack.transport.tpkt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.OctetStreamConnection;

/** How two sides agree on transport expedited data (X.224 §6.5, RFC 1006 §5). */
class ExpeditedNegotiationTest {
    private static final String PROPOSED = "03000015 10 e0 0000 1234 00 c0010b c2020001 c60101";

    private final TwoTpkts hosts = new TwoTpkts();

    @AfterEach
    void nothingIsLeftOver() {
        hosts.run();
        hosts.nothingIsLeftOver();
    }

    private static String withoutReference(String cr) {
        return cr.substring(0, 16) + "...." + cr.substring(20);
    }

    @Test
    void proposesItWhenTheUserWantsIt() {
        String cr = hosts.calledRaw(true);
        assertThat(withoutReference(cr))
                .isEqualTo("03000019" + "14e00000" + "...." + "00" + "c0010d" + "c1020002" + "c2020001" + "c60101");
        hosts.called.connection.disconnectRequest();
    }

    @Test
    void saysNoWordAboutItOtherwiseSincePeersCloseOnWhatTheyDontKnow() {
        String cr = hosts.calledRaw(false);
        assertThat(withoutReference(cr))
                .isEqualTo("03000016" + "11e00000" + "...." + "00" + "c0010d" + "c1020002" + "c2020001");
        hosts.called.connection.disconnectRequest();
    }

    @Test
    void anOptionKeepsTheUserFromProposingIt() {
        assertThat(hosts.calledRaw(true, "expedited", "no"))
                .startsWith("03000016")
                .doesNotContain("c60101");
        hosts.called.connection.disconnectRequest();
    }

    @Test
    void confirmsItIfTheCalledUserWantsItToo() {
        hosts.listen(true);
        OctetStreamConnection stream = hosts.callRaw(PROPOSED);
        String cc = hosts.caller.received();
        assertThat(cc).isEqualTo("03000015" + "10d01234" + cc.substring(16, 20) + "00" + "c0010bc2020001c60101");
        assertThat(hosts.proposed).isTrue();
        assertThat(hosts.called.connection.isExpedited()).isTrue();
        stream.releaseRequest();
    }

    @Test
    void declinesInWordsIfTheCalledUserDoesNot() {
        hosts.listen(false);
        OctetStreamConnection stream = hosts.callRaw(PROPOSED);
        assertThat(hosts.caller.received()).endsWith("c0010bc2020001c60100");
        assertThat(hosts.proposed).isTrue();
        assertThat(hosts.called.connection.isExpedited()).isFalse();
        stream.releaseRequest();
    }

    @Test
    void declinesInWordsIfAnOptionForbidsIt() {
        hosts.listen(true, "expedited", "no");
        OctetStreamConnection stream = hosts.callRaw(PROPOSED);
        assertThat(hosts.caller.received()).endsWith("c0010bc2020001c60100");
        assertThat(hosts.proposed).isFalse();
        assertThat(hosts.called.connection.isExpedited()).isFalse();
        stream.releaseRequest();
    }

    @Test
    void doesNotOfferInTheAnswerWhatWasNotProposed() {
        hosts.listen(true);
        String[][] requestsAndAnswers = {
            {"03000012 0d e0 0000 1234 00 c0010b c2020001", "c0010bc2020001"},
            {"03000015 10 e0 0000 1234 00 c0010b c2020001 c60100", "c0010bc2020001c60100"},
            {"03000015 10 e0 0000 1234 00 c0010b c2020001 c6010e", "c0010bc2020001c60100"}, // other options
            {"03000016 11 e0 0000 1234 00 c0010b c2020001 c6020101", "c0010bc2020001c60100"}, // of another length
            {"03000014 0f e0 0000 1234 00 c0010b c2020001 c600", "c0010bc2020001c60100"},
        };
        for (String[] pair : requestsAndAnswers) {
            hosts.caller.data.clear();
            OctetStreamConnection stream = hosts.callRaw(pair[0]);
            assertThat(hosts.caller.received().substring(22)).as(pair[0]).isEqualTo(pair[1]);
            assertThat(hosts.proposed).as(pair[0]).isFalse();
            assertThat(hosts.called.connection.isExpedited()).as(pair[0]).isFalse();
            stream.releaseRequest();
            hosts.run();
        }
    }

    @Test
    void theCallerTakesTheAnswerForWhatItSays() {
        assertThat(isExpeditedAfter(true, "0300000e 09d0 ref 1234 00 c0010a")).isFalse(); // as ISODE declines
        assertThat(isExpeditedAfter(true, "03000011 0cd0 ref 1234 00 c0010a c60100"))
                .isFalse();
        assertThat(isExpeditedAfter(true, "03000011 0cd0 ref 1234 00 c0010a c60101"))
                .isTrue();
        assertThat(isExpeditedAfter(true, "03000011 0cd0 ref 1234 00 c60101 c0010b"))
                .isTrue();
        assertThat(isExpeditedAfter(false, "03000011 0cd0 ref 1234 00 c0010a c60101"))
                .isFalse();
    }

    private static boolean isExpeditedAfter(boolean proposed, String cc) {
        TwoTpkts hosts = new TwoTpkts();
        String reference = hosts.calledRaw(proposed).substring(16, 20);
        assertThat(hosts.caller.connection.isExpedited()).isFalse();
        hosts.say(hosts.bob, hosts.called.connection, cc.replace("ref", reference));
        assertThat(hosts.caller.confirmed).isTrue();
        boolean expedited = hosts.caller.connection.isExpedited();
        hosts.called.connection.disconnectRequest();
        hosts.run();
        assertThat(hosts.caller.ends).containsExactly(DisconnectReason.REMOTE_USER);
        hosts.nothingIsLeftOver();
        return expedited;
    }

    @Test
    void bothSidesOfOurOwnAgree() {
        hosts.connect();
        hosts.caller.connection.disconnectRequest();
        hosts.run();
        assertThat(hosts.caller.connection.isExpedited()).isFalse();
    }
}
