package org.osistack.application.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

class ChatDissectorTest {
    private final PduPool pool = new PduPool(64);

    @AfterEach
    void leavesNothingBehind() {
        assertThat(pool.outstanding()).isZero();
    }

    private Dissection dissect(byte[] octets) {
        Pdu pdu = pool.takeForReceiving(octets.length).append(octets);
        Dissection dissection = new Dissection();
        new ChatDissector().dissect(pdu, null, Direction.UP, dissection);
        pdu.release();
        return dissection;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LINE | hello | '' | \"hello\"",
                "LINE | '' | ann | from ann",
                "ASIDE | psst | ann | out of turn \"psst\"",
                "FLOOR | carol | '' | carol has the floor",
                "FLOOR | '' | '' | the sender has the floor",
                "WHO | '' | '' | who is here?",
                "WHO | ann listens | '' | \"ann listens\""
            })
    void saysWhatAMessageMeans(ChatMessage.Kind kind, String text, String from, String summary) {
        Dissection dissection =
                dissect(new ChatMessage(kind, text, from).toOctets().toByteArray());

        assertThat(dissection.summary()).isEqualTo(summary);
        assertThat(dissection.sduLength()).isEqualTo(text.length());
    }

    @Test
    void namesEveryOctet() {
        byte[] octets = new ChatMessage(ChatMessage.Kind.ASIDE, "psst", "ann")
                .toOctets()
                .toByteArray();
        Dissection dissection = dissect(octets);

        assertThat(dissection.fields())
                .extracting(field -> field.name() + " " + field.offset() + "+" + field.length())
                .containsExactly("sequence 0+2", "text 2+2", "from 8+5", "kind 13+3");
        assertThat(dissection.sduOffset()).isEqualTo(4);
        assertThat(dissection.fields().get(3).text()).isEqualTo("a line out of turn");
    }

    @Test
    void copesWithAnyOctets() {
        SplittableRandom random = new SplittableRandom(3);
        byte[] sample = Octets.ofHex("300c0c0268698003616e6e810101").toByteArray();
        int understood = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] octets = new byte[random.nextInt(sample.length + 1)];
            System.arraycopy(sample, 0, octets, 0, octets.length);
            if (octets.length == sample.length || random.nextBoolean()) {
                for (int n = random.nextInt(4); n > 0 && octets.length > 0; n--) {
                    octets[random.nextInt(octets.length)] = (byte) random.nextInt();
                }
            }
            understood += dissect(octets).summary().equals("not understood") ? 0 : 1;
        }
        assertThat(understood).isBetween(1_000, 100_000);
    }
}
