package org.osistack.presentation.x226;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.session.SessionPrimitive;

class DataTest extends TwoEnds {
    @Test
    void carriesAValueWithoutCopyingIt() {
        establish();
        Pdu value = value(alice, "a1 03 02 01 05");
        byte[] array = value.array();
        assertThat(connection.dataRequest(3, value)).isTrue();
        settle();

        assertThat(net.last()).isEqualTo("alice S-DATA " + hex("61 0c 30 0a 02 01 03 a0 05 a1 03 02 01 05"));
        assertThat(called.data).containsExactly(pdv(3, "a1 03 02 01 05"));
        assertThat(value.array()).isSameAs(array);
    }

    @Test
    void copiesAValueThatHasNoRoomForHeaders() {
        establish();
        Pdu received = alice.pool().takeForReceiving(3).append(new byte[] {2, 1, 5});
        assertThat(connection.dataRequest(3, received)).isTrue();
        settle();
        assertThat(called.data).containsExactly(pdv(3, "02 01 05"));

        net.ends.get(0).hasDataToken = false;
        Pdu withoutToken = alice.pool().takeForReceiving(3).append(new byte[] {2, 1, 5});
        assertThatThrownBy(() -> connection.dataRequest(3, withoutToken)).isInstanceOf(IllegalStateException.class);
        assertThat(withoutToken).hasToString("020105");
        withoutToken.release();
    }

    @Test
    void carriesValuesOfSeveralContextsAtOnce() {
        establish();
        connection.request(new PresentationPrimitive.Data(List.of(pdv(1, "02 01 01"), pdv(3, "02 01 02 02 01 03"))));
        settle();

        assertThat(net.last())
                .isEqualTo("alice S-DATA "
                        + hex("61 17 30 08 02 01 01 a0 03 02 01 01 30 0b 02 01 03 81 06 02 01 02 02 01 03"));
        assertThat(called.last(PresentationPrimitive.Data.class).userData())
                .containsExactly(pdv(1, "02 01 01"), pdv(3, "02 01 02"), pdv(3, "02 01 03"));
    }

    @Test
    void encodesSimplyWhereThereIsOneContext() {
        callee.attach(address("mms"), called);
        connect(List.of(MMS_CONTEXT));
        answer(null, List.of());
        connection.dataRequest(3, value(alice, "a1 03 02 01 05"));
        connection.request(new PresentationPrimitive.TypedData(List.of(pdv(3, "02 01 01"))));
        connection.request(new PresentationPrimitive.Data(List.of(pdv(3, "02 01 02"), pdv(3, "02 01 03"))));
        settle();

        assertThat(net.log.subList(2, 5))
                .containsExactly(
                        "alice S-DATA " + hex("a1 03 02 01 05"),
                        "alice S-TYPED-DATA " + hex("40 03 02 01 01"),
                        "alice S-DATA " + hex("02 01 02 02 01 03"));
        assertThat(called.data).containsExactly(pdv(3, "a1 03 02 01 05"));
        assertThat(called.heard)
                .containsExactly(
                        new PresentationPrimitive.TypedData(List.of(pdv(3, "02 01 01"))),
                        new PresentationPrimitive.Data(List.of(pdv(3, "02 01 02"), pdv(3, "02 01 03"))));

        net.ends.get(1).hearData("61 0a 30 08 02 01 03 a0 03 02 01 07"); // though it should be simple
        settle();
        assertThat(called.data).endsWith(pdv(3, "02 01 07"));
    }

    @Test
    void encodesFullyWithOneContextTooInTheMinimalProfile() {
        caller = open(alice, aliceSession, Map.of("profile", "minimal"));
        callee.attach(address("mms"), called);
        connect(List.of(MMS_CONTEXT));
        answer(null, List.of());
        connection.dataRequest(3, value(alice, "02 01 05"));
        connection.request(new PresentationPrimitive.Release(List.of(pdv(3, "02 01 06"))));
        settle();

        assertThat(net.log.get(2)).isEqualTo("alice S-DATA " + hex("61 0a 30 08 02 01 03 a0 03 02 01 05"));
        assertThat(called.data).containsExactly(pdv(3, "02 01 05"));
        assertThat(called.heard).containsExactly(new PresentationPrimitive.Release(List.of(pdv(3, "02 01 06"))));
    }

    @Test
    void usesTheDefaultContextWhereNoneIsDefined() {
        callee.attach(address("mms"), called);
        connect(List.of(), pdv(0, "04 01 09"));
        assertThat(net.last()).endsWith(hex("82 03 6d 6d 73 40 03 04 01 09"));
        assertThat(called.connect.userData()).containsExactly(pdv(0, "04 01 09"));
        answer(null, List.of());
        connection.dataRequest(0, value(alice, "04 01 01"));
        settle();

        assertThat(called.data).containsExactly(pdv(0, "04 01 01"));
    }

    @Test
    void leavesTheValueAsItWasWhenTheSessionTakesNoMore() {
        establish();
        net.ends.get(1).pause();
        int taken = 0;
        Pdu value = value(alice, "02 01 05");
        while (connection.dataRequest(3, value)) {
            taken++;
            value = value(alice, "02 01 05");
        }
        assertThat(value).hasToString("020105");
        net.ends.get(1).resume();
        settle();
        assertThat(called.data).hasSize(taken);
        assertThat(calling.ready).isOne();
        assertThat(connection.dataRequest(3, value)).isTrue();
        settle();

        net.ends.get(0).hasDataToken = false;
        Pdu withoutToken = value(alice, "02 01 05");
        assertThatThrownBy(() -> connection.dataRequest(3, withoutToken)).isInstanceOf(IllegalStateException.class);
        assertThat(withoutToken).hasToString("020105");
        withoutToken.release();
    }

    @Test
    void acceptsIndefiniteLengthsAndLongOnes() {
        establish();
        net.ends.get(1).hearData("61 80 30 80 02 01 03 a0 80 30 80 02 01 05 00 00 00 00 00 00 00 00");
        net.ends.get(1).hearData("61 81 0f 30 82 00 0b 02 01 03 a0 83 00 00 03 02 01 06");
        settle();

        assertThat(called.data).containsExactly(pdv(3, "30 80 02 01 05 00 00"), pdv(3, "02 01 06"));
    }

    @Test
    void abortsForDataThatIsNone() {
        assertThat(abortFor("61 62 63")).isEqualTo(hex("30 06 80 01 01 81 01 07"));
        assertThat(abortFor("61 0a 30 08 02 01 05 a0 03 02 01 01")).isEqualTo(hex("30 06 80 01 06 81 01 07"));
        assertThat(abortFor("61 0a 30 08 02 01 03 a0 03 02 02 01")).isEqualTo(hex("30 06 80 01 06 81 01 07"));
        assertThat(abortFor("40 03 02 01 01")).isEqualTo(hex("30 06 80 01 06 81 01 07"));
        assertThat(abortFor("61 00")).isEqualTo(hex("30 06 80 01 06 81 01 07"));
        assertThat(abortFor("")).isEqualTo(hex("30 06 80 01 01 81 01 07"));
        assertThat(bob.discards(6, "X.226").total()).isEqualTo(6);
    }

    @Test
    void abortsForAnAlterContextThatWasNotAgreedOn() {
        establish();
        net.ends
                .get(1)
                .hear(new SessionPrimitive.TypedData(
                        Octets.ofHex("A0 12 A0 10 30 0E 02 01 05 06 03 28 00 00 30 04 06 02 51 01")));
        settle();

        assertThat(net.last()).isEqualTo("bob S-U-ABORT " + hex("30 06 80 01 02 81 01 05"));
        assertThat(calling.last(PresentationPrimitive.ProviderAbort.class).reason())
                .contains("unexpected PPDU, at AC PPDU");
        assertThat(called.last()).isInstanceOf(PresentationPrimitive.ProviderAbort.class);
    }
}
