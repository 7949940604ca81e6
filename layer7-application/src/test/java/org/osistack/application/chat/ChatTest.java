package org.osistack.application.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osistack.application.ApplicationProvider;
import org.osistack.application.Association;
import org.osistack.application.AssociationService;
import org.osistack.application.FakeAssociations;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.presentation.PresentationService;

class ChatTest {
    private final FakeAssociations.Pair pair = new FakeAssociations.Pair();
    private final List<String> log = new ArrayList<>();
    private Consumer<String> console;

    @BeforeEach
    void serve() {
        ApplicationProvider.Environment plain = pair.called.environment(log::add);
        new ChatServer()
                .serve(
                        new ApplicationProvider.Environment() {
                            @Override
                            public Host host() {
                                return plain.host();
                            }

                            @Override
                            public AssociationService associations() {
                                return plain.associations();
                            }

                            @Override
                            public PresentationService presentation() {
                                return plain.presentation();
                            }

                            @Override
                            public Consumer<String> log() {
                                return plain.log();
                            }

                            @Override
                            public void onLine(Consumer<String> listener) {
                                console = listener;
                            }
                        },
                        null);
    }

    @AfterEach
    void noPduLeaks() {
        run();
        assertThat(pair.outstanding()).isZero();
    }

    @Test
    void aMessageIsASequenceOfItsText() {
        Pdu apdu = new ChatMessage("Hello, Bob").toPdu(pair.client.pool());

        assertThat(apdu).hasToString("300c0c0a48656c6c6f2c20426f62");
        assertThat(ChatMessage.parse(apdu)).isEqualTo(new ChatMessage("Hello, Bob", ""));
        apdu.release();
    }

    @Test
    void whatAHalfDuplexRoomSaysHasAKind() {
        ChatMessage floor = new ChatMessage(ChatMessage.Kind.FLOOR, "carol");
        assertThat(floor.toOctets()).isEqualTo(Octets.ofHex("300a 0c05 6361726f6c 810102".replace(" ", "")));
        ChatMessage aside = new ChatMessage(ChatMessage.Kind.ASIDE, "hi", "ann");
        assertThat(aside.toOctets()).isEqualTo(Octets.ofHex("300c 0c026869 8003616e6e 810101".replace(" ", "")));

        assertThat(ChatMessage.parse(floor.toOctets())).isEqualTo(floor);
        assertThat(ChatMessage.parse(aside.toOctets())).isEqualTo(aside);
        assertThat(ChatMessage.parse(Octets.ofHex("30050c00810104"))).isNull(); // there is no such kind
        assertThat(ChatMessage.parse(Octets.ofHex("30050c008101ff"))).isNull();
    }

    @Test
    void controlCharactersNeverReachATerminal() {
        assertThat(new ChatMessage("a\u001b[2Jb\nc").text()).isEqualTo("a [2Jb c");
        assertThat(new ChatMessage("a\u009b2J").text()).isEqualTo("a 2J"); // one character for two (ISO/IEC 6429)
    }

    @Test
    void theDecoderTakesAnyOctets() {
        SplittableRandom random = new SplittableRandom(9);
        byte[][] samples = {
            Octets.ofHex("300c0c0a48656c6c6f2c20426f62").toByteArray(),
            Octets.ofHex("30100c0a48656c6c6f2c20426f62 8002c3a4".replace(" ", ""))
                    .toByteArray(),
            Octets.ofHex("300c0c0268698003616e6e810101").toByteArray(),
            Octets.ofHex("30802c800c0348656c0c036c6fc3000080024142 0000".replace(" ", ""))
                    .toByteArray()
        };
        int wellFormed = 0;
        for (int i = 0; i < 1_000_000; i++) {
            byte[] octets = samples[i % samples.length].clone();
            for (int n = random.nextInt(4); n > 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(octets.length + 1) : octets.length;
            Pdu apdu = pair.client.pool().takeForReceiving(length).append(octets, 0, length);
            ChatMessage message = ChatMessage.parse(apdu);
            apdu.release();
            if (message != null) {
                wellFormed++;
                if (message.text().chars().anyMatch(Character::isISOControl)) {
                    throw new AssertionError(message.toString());
                }
            }
        }
        assertThat(wellFormed).isBetween(100_000, 900_000);
    }

    @Test
    void whatOneSaysTheOthersAndTheServerRead() {
        Person ann = new Person();
        Person bob = new Person();

        ann.client.say("hello");
        console.accept("welcome");
        run();

        assertThat(log).containsExactly("client has come in", "client has come in", "client: hello");
        assertThat(bob.heard).containsExactlyInAnyOrder("client: hello", ": welcome");
        assertThat(ann.heard).containsExactly(": welcome");
    }

    @Test
    void linesKeepTheirOrderWhenTheyHaveToWait() {
        Person ann = new Person();
        Person bob = new Person();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ann.client.say("line " + i);
            expected.add("client: line " + i);
        }
        ann.client.goodbye();
        run();

        assertThat(bob.heard).isEqualTo(expected);
        assertThat(ann.outcome).isEqualTo("released");
        assertThat(log).last().isEqualTo("client has left");
    }

    @Test
    void saysGoodbyeOnce() {
        Person ann = new Person();
        for (int i = 0; i < 100; i++) {
            ann.client.say("line " + i);
        }
        ann.client.goodbye();
        ann.client.goodbye();
        ann.client.readyIndication();
        run();
        assertThat(ann.outcome).isEqualTo("released");
        assertThat(log).hasSize(102);
    }

    @Test
    void somethingElseThanAMessageEndsTheAssociation() {
        Person ann = new Person();

        Pdu nonsense = pair.client.pool().take().appendUint8(0x30).appendUint8(0x7f);
        assertThat(ann.client.association().dataRequest(nonsense)).isTrue();
        run();

        assertThat(log).last().isEqualTo("client is gone: it sent something that is no chat message");
        assertThat(ann.outcome).isEqualTo("aborted by the peer");
    }

    private void run() {
        pair.simulation.run(Duration.ofSeconds(10));
    }

    private final class Person implements ChatClient.Listener {
        private final List<String> heard = new ArrayList<>();
        private final ChatClient client = ChatClient.open(pair.client, pair.calling, null, this);
        private String outcome;

        Person() {
            run();
        }

        @Override
        public void open(Association association) {}

        @Override
        public void heard(String from, String text) {
            heard.add(from + ": " + text);
        }

        @Override
        public void finished(String problem) {
            outcome = problem == null ? "released" : problem;
        }
    }
}
