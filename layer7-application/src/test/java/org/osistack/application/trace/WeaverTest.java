package org.osistack.application.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osistack.core.TraceEvent;

class WeaverTest {
    private static final String LONG_LINE = "0123456789".repeat(400);

    private final RecordedSteps steps = new RecordedSteps();

    private static Predicate<Message> down(String host, String primitive, String service) {
        return m -> m.isDown() && m.host.equals(host) && m.primitive.equals(primitive) && m.service.equals(service);
    }

    private static Predicate<Message> of(Story story) {
        return m -> m.story == story;
    }

    private Story story(String title) {
        return steps.messages(m -> m.story.title.equals(title)).get(0).story;
    }

    @Test
    void aMessageIsOneStoryFromItsWordsToItsWords() {
        try (TraceLab lab = new TraceLab(TraceLab.ISO, "", steps)) {
            lab.associate().say("Hello, Bob");

            Story story = story("Hello, Bob");
            assertThat(story.kind).isEqualTo(Story.Kind.MESSAGE);
            assertThat(story.userOctets).isEqualTo(10);
            assertThat(steps.messages(of(story).and(Story::carries)))
                    .extracting(m -> m.host + " " + m.primitive + " " + m.title() + " " + m.length)
                    .containsSequence(
                            "alice P-DATA.request ChatMessage 14",
                            "alice S-DATA.request TD 23",
                            "alice T-DATA.request GT·DT 27",
                            "alice T-DATA.request TPKT·DT 34",
                            "alice N-UNITDATA.request TCP PSH ACK 66",
                            "alice DL-UNITDATA.request IPv4 86",
                            "alice PH-DATA.request Ethernet 104",
                            "bob PH-DATA.indication Ethernet 104",
                            "bob DL-UNITDATA.indication IPv4 86",
                            "bob N-UNITDATA.indication TCP PSH ACK 66",
                            "bob T-DATA.indication TPKT·DT 34",
                            "bob T-DATA.indication GT·DT 27",
                            "bob S-DATA.indication TD 23",
                            "bob P-DATA.indication ChatMessage 14");
            assertThat(story.delivered).isTrue();
        }
    }

    @Test
    void eachOctetOfAFrameHasAnOwner() {
        try (TraceLab lab = new TraceLab(TraceLab.ISO, "", steps)) {
            lab.associate().say("Hello, Bob");

            Message frame = steps.messages(
                            of(story("Hello, Bob")).and(m -> m.isFrame() && m.isDown() && m.host.equals("alice")))
                    .get(0);
            List<String> owners = new ArrayList<>();
            frame.owners.forEach((owner, length) -> owners.add(owner.layer() + " " + owner.name() + " " + length));
            assertThat(owners)
                    .containsExactly(
                            "2 Ethernet 14",
                            "3 IPv4 20",
                            "4 TCP PSH ACK 32",
                            "4 TPKT·DT 7",
                            "5 GT·DT 4",
                            "6 TD 9",
                            "7 ChatMessage 4",
                            "8 your octets 10",
                            "2 Ethernet FCS 4");
            assertThat(story("Hello, Bob").frameOctets).isEqualTo(104);
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp tpkt x225 x226, ''", "tcp none plain, ''", "tcp tpkt x225 x226, ',loss=10%,delay=3ms'"})
    void theOwnersCoverEachPduExactly(String upper, String medium) {
        try (TraceLab lab = new TraceLab(upper, medium, steps)) {
            lab.associate().say(LONG_LINE).say("short").release();
        }
        assertThat(steps.messages(Message::hasPdu))
                .hasSizeGreaterThan(100)
                .allSatisfy(message -> assertThat(message.owners.length()).isEqualTo(message.length));
    }

    @Test
    void segmentsKnowWhichOctetsTheyCarry() {
        try (TraceLab lab = new TraceLab(TraceLab.ISO, "", steps)) {
            lab.associate().say(LONG_LINE);

            Message tpdu = steps.only(down("alice", "T-DATA.request", "tcp").and(m -> m.length > 4000));
            List<Message> segments = steps.messages(down("alice", "N-UNITDATA.request", "ipv4")
                    .and(m -> m.parts.stream().anyMatch(part -> part.whole() == tpdu)));
            assertThat(segments)
                    .extracting(
                            m -> m.parts.get(0).from() + "-" + m.parts.get(0).to())
                    .containsExactly("0-1448", "1448-2896", "2896-4034");
            assertThat(tpdu.length).isEqualTo(4034);
        }
    }

    @Test
    void whatArrivesKnowsWhatItWasPutTogetherFrom() {
        try (TraceLab lab = new TraceLab(TraceLab.ISO, "", steps)) {
            lab.associate().say(LONG_LINE);

            Message tsdu = steps.only(m -> m.host.equals("bob")
                    && m.primitive.equals("T-DATA.indication")
                    && m.service.equals("tpkt")
                    && m.length > 4000);
            assertThat(tsdu.parts)
                    .hasSize(3)
                    .allMatch(part -> part.whole().service.equals("tcp"));
            assertThat(tsdu.parts.get(0).whole().parts).hasSize(1);
            assertThat(tsdu.parts.get(0).whole().parts.get(0).whole().primitive).isEqualTo("N-UNITDATA.indication");
        }
    }

    @Test
    void segmentsThatAreSentAgainBelongToTheSameMessage() {
        try (TraceLab lab = new TraceLab(TraceLab.ISO, ",loss=30%,delay=1ms", steps)) {
            lab.associate();
            for (int i = 0; i < 10; i++) {
                lab.say(i + LONG_LINE);
            }
        }
        assertThat(steps.all).anyMatch(step -> step.event().kind() == TraceEvent.Kind.RETRANSMISSION);
        assertThat(steps.messages(m -> m.layer == 3 && m.isDown() && m.protocol.equals("TCP") && m.sduLength > 0))
                .hasSizeGreaterThan(30)
                .allSatisfy(segment -> {
                    int carried = segment.parts.stream()
                            .mapToInt(part -> part.to() - part.from())
                            .sum();
                    assertThat(carried).isEqualTo(segment.sduLength);
                    assertThat(segment.story.kind).isNotEqualTo(Story.Kind.OTHER);
                });
    }

    @Test
    void aPduThatWaitedForAnAddressIsJoinedToItsOrigin() {
        try (TraceLab lab = new TraceLab(TraceLab.ISO, "", steps)) {
            lab.associate();

            Message syn =
                    steps.messages(down("alice", "N-UNITDATA.request", "ipv4")).get(0);
            Message datagram = steps.messages(
                            down("alice", "DL-UNITDATA.request", "ethernet").and(m -> m.protocol.equals("IPv4")))
                    .get(0);
            assertThat(datagram.parent.primitive).isEqualTo("DL-UNITDATA.indication"); // the ARP reply
            assertThat(datagram.parts).extracting(Message.Part::whole).containsExactly(syn);
            assertThat(datagram.story.kind).isEqualTo(Story.Kind.CONNECTION);
        }
    }

    @Test
    void framesAreJoinedAcrossHostsByTheirOctets() {
        try (TraceLab lab = new TraceLab(TraceLab.ISO, "", steps)) {
            lab.associate().say("Hello, Bob");
        }
        assertThat(steps.messages(m -> m.isFrame() && !m.isDown()))
                .isNotEmpty()
                .allSatisfy(frame -> assertThat(frame.sent.id).isEqualTo(frame.id));
    }

    @Test
    void oneSideAloneTellsWhoWroteWhatFromTheDissections() {
        try (TraceLab lab = new TraceLab(TraceLab.ISO, "", false, true, steps)) {
            lab.associate().say("Hello, Bob");

            Message heard = steps.only(m -> m.primitive.equals("P-DATA.indication"));
            assertThat(heard.sent).isNull();
            assertThat(heard.story.kind).isEqualTo(Story.Kind.MESSAGE);
            Message frame = steps.only(m -> m.isFrame() && !m.isDown() && m.story == heard.story);
            List<String> owners = new ArrayList<>();
            frame.owners.forEach((owner, length) -> owners.add(owner.layer() + ":" + length));
            assertThat(owners).containsExactly("2:14", "3:20", "4:32", "4:7", "5:4", "6:9", "7:4", "8:10", "2:4");
        }
    }

    @Test
    void anAssociationIsAStoryOfItsOwn() {
        try (TraceLab lab = new TraceLab(TraceLab.ISO, "", steps)) {
            lab.associate().say("Hello, Bob").release();
        }
        assertThat(steps.all.stream().map(Step::story).distinct())
                .filteredOn(story -> story.kind != Story.Kind.OTHER)
                .extracting(story -> story.kind + " " + story.title)
                .containsExactly("CONNECTION P-CONNECT.request", "MESSAGE Hello, Bob", "CONNECTION P-RELEASE.request");
    }
}
