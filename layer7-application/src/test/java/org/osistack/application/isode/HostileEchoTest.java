package org.osistack.application.isode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.FunctionalUnits;

/** ISODE's dialogues with one octet or more made wrong: the echo survives each, keeps nothing, and goes on serving. */
class HostileEchoTest {
    private static final int DIALOGUES = 400;

    private final EchoLab lab = new EchoLab();
    private final SplittableRandom random = new SplittableRandom(11);

    @AfterEach
    void nothingIsLeft() {
        lab.close();
        assertThat(lab.outstanding()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "isode-ssap-echo-bss stream 0, ''",
        "isode-ssap-echo-minor-duplex stream 0, ''",
        "isode-psap-echo-0x2 stream 0, ''",
        "isode-acse-psap-echo-0x2 stream 0, c2 02 02 00",
        "isode-acse-psap-echo-0x2 stream 0, c2 02 02 01",
        "isode-psap-echo-0x2 stream 0, c2 02 00 80"
    })
    void survivesMutatedDialogues(String name, String selector) {
        lab.serve();
        Recorded recorded = Recorded.of(name);
        String parameters = selector + "c0 01 0b";
        String length = Integer.toHexString(6 + Octets.ofHex(parameters).length());
        int answered = 0;
        for (int i = 0; i < DIALOGUES; i++) {
            RawPeer peer = new RawPeer(lab.alice, lab.alicesPlain());
            peer.call(lab.bobsAddress(), "0" + length + "e0 00 00 4b ce 00" + parameters);
            lab.simulation.run(Duration.ofMillis(20));
            int wrong = random.nextInt(recorded.tsdus().size());
            for (int j = 0; j < recorded.tsdus().size() && !peer.closed; j++) {
                Recorded.Tsdu tsdu = recorded.tsdus().get(j);
                if (tsdu.fromInitiator() || j == wrong) {
                    peer.send(j >= wrong && j < wrong + 2 ? mutated(tsdu.octets()) : tsdu.octets());
                    lab.simulation.run(Duration.ofMillis(2));
                }
            }
            answered += peer.received.isEmpty() ? 0 : 1;
            peer.close();
            lab.simulation.run(Duration.ofMillis(20));
        }
        assertThat(answered).isGreaterThan(DIALOGUES / 3);
        EchoLab.Heard heard = new EchoLab.Heard();
        lab.echo(lab.alice, "s").walk(lab.walk(new FunctionalUnits(0x07ff), false, "one", "two", "three"), heard);
        lab.run();
        assertThat(heard.problem).isNull();
    }

    private Octets mutated(Octets octets) {
        byte[] array = octets.toByteArray();
        for (int n = random.nextInt(1, 4); n > 0; n--) {
            array[random.nextInt(Math.min(array.length, 60))] = (byte) random.nextInt();
        }
        int end = random.nextInt(4) == 0 ? random.nextInt(1, array.length + 1) : array.length;
        return Octets.of(array).slice(0, end);
    }
}
