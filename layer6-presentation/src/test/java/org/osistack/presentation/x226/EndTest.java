package org.osistack.presentation.x226;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.session.SessionPrimitive;

class EndTest extends TwoEnds {
    @Test
    void handsTokensThrough() {
        establish();
        connection.request(new PresentationPrimitive.Step(new DialogueStep.TokenGive(Tokens.of(Token.DATA))));
        called.connection.request(new PresentationPrimitive.Step(
                new DialogueStep.TokenPlease(Tokens.of(Token.RELEASE)), List.of(pdv(1, "02 01 01"))));
        settle();

        assertThat(called.heard)
                .containsExactly(new PresentationPrimitive.Step(new DialogueStep.TokenGive(Tokens.of(Token.DATA))));
        assertThat(calling.last())
                .isEqualTo(new PresentationPrimitive.Step(
                        new DialogueStep.TokenPlease(Tokens.of(Token.RELEASE)), List.of(pdv(1, "02 01 01"))));
    }

    @Test
    void releases() {
        establish();
        connection.request(new PresentationPrimitive.Release(List.of(pdv(1, "62 03 80 01 00"))));
        settle();
        assertThat(net.last()).isEqualTo("alice S-RELEASE " + hex("61 0c 30 0a 02 01 01 a0 05 62 03 80 01 00"));
        called.connection.request(new PresentationPrimitive.ReleaseAnswer(true, List.of(pdv(1, "63 03 80 01 00"))));
        settle();

        assertThat(calling.last())
                .isEqualTo(new PresentationPrimitive.ReleaseAnswer(true, List.of(pdv(1, "63 03 80 01 00"))));
        assertThat(connection.dataRequest(3, value(alice, "02 01 01")))
                .as("a request after the end is ignored")
                .isTrue();
        assertThat(net.last()).contains("S-RELEASE+");
    }

    @Test
    void goesOnAfterAReleaseThatWasRefused() {
        establish();
        connection.request(new PresentationPrimitive.Release(List.of()));
        settle();
        called.connection.request(new PresentationPrimitive.ReleaseAnswer(false, List.of()));
        settle();
        assertThat(calling.last()).isEqualTo(new PresentationPrimitive.ReleaseAnswer(false, List.of()));

        connection.dataRequest(3, value(alice, "02 01 01"));
        connection.request(new PresentationPrimitive.Release(List.of()));
        settle();
        net.ends.get(1).hasNegotiatedRelease = false;
        assertThatThrownBy(() -> called.connection.request(new PresentationPrimitive.ReleaseAnswer(false, List.of())))
                .isInstanceOf(IllegalStateException.class);
        called.connection.request(new PresentationPrimitive.ReleaseAnswer(true, List.of()));
        settle();
        assertThat(called.data).hasSize(1);
        assertThat(calling.last()).isEqualTo(new PresentationPrimitive.ReleaseAnswer(true, List.of()));
    }

    @Test
    void endsWithTheSecondAnswerWhenReleasesCollide() {
        establish();
        connection.request(new PresentationPrimitive.Release(List.of()));
        called.connection.request(new PresentationPrimitive.Release(List.of()));
        settle();
        connection.request(new PresentationPrimitive.ReleaseAnswer(true, List.of()));
        settle();
        called.connection.request(new PresentationPrimitive.ReleaseAnswer(true, List.of()));
        settle();

        assertThat(calling.heard.subList(1, 3))
                .containsExactly(
                        new PresentationPrimitive.Release(List.of()),
                        new PresentationPrimitive.ReleaseAnswer(true, List.of()));
        assertThat(called.heard)
                .containsExactly(
                        new PresentationPrimitive.Release(List.of()),
                        new PresentationPrimitive.ReleaseAnswer(true, List.of()));
    }

    @Test
    void abortsForItsUser() {
        establish();
        connection.request(new PresentationPrimitive.UserAbort(List.of(pdv(1, "64 03 80 01 00"))));
        connection.request(new PresentationPrimitive.UserAbort(List.of()));
        settle();

        assertThat(net.last())
                .isEqualTo("alice S-U-ABORT "
                        + hex("A0 19 A0 09 30 07 02 01 01 06 02 51 01" + "61 0C 30 0A 02 01 01 A0 05 64 03 80 01 00"));
        assertThat(called.heard)
                .containsExactly(new PresentationPrimitive.UserAbort(List.of(pdv(1, "64 03 80 01 00"))));
    }

    @Test
    void tellsTheUserOfAnAbortByWhomever() {
        establish();
        net.ends.get(0).cut();
        settle();
        assertThat(calling.last(PresentationPrimitive.ProviderAbort.class).reason())
                .isEqualTo("the transport connection was lost");

        for (Map.Entry<String, String> abort : Map.of(
                        "", "UserAbort[userData=[]]",
                        "a0 00", "UserAbort[userData=[]]",
                        "30 00", "ProviderAbort[reason=the peer's presentation layer: no reason given]",
                        "ff", "ProviderAbort[reason=an abort that cannot be read]")
                .entrySet()) {
            establish();
            net.ends.get(net.ends.size() - 1).hear(new SessionPrimitive.UserAbort(Octets.ofHex(abort.getKey())));
            settle();
            assertThat(called.last()).hasToString(abort.getValue());
        }
    }
}
