package org.osistack.application.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnersTest {
    private final Owners frame = Owners.of(new Owner(2, "Ethernet"), 14)
            .and(Owners.of(new Owner(3, "IPv4"), 20))
            .and(Owners.of(new Owner(Owner.USER, "words"), 5))
            .and(Owners.of(new Owner(2, "Ethernet FCS"), 4));

    private static List<String> runs(Owners owners) {
        List<String> runs = new ArrayList<>();
        owners.forEach((owner, length) -> runs.add(owner.name() + " " + length));
        return runs;
    }

    @Test
    void neighboursOfOneOwnerAreOneRun() {
        Owner ip = new Owner(3, "IPv4");
        assertThat(runs(Owners.of(ip, 3).and(Owners.of(ip, 4)).and(Owners.NONE)))
                .containsExactly("IPv4 7");
    }

    @Test
    void aSliceCutsTheRunsAtItsEnds() {
        assertThat(runs(frame.slice(10, 37))).containsExactly("Ethernet 4", "IPv4 20", "words 3");
        assertThat(runs(frame.slice(14, 14))).isEmpty();
        assertThat(frame.slice(0, 43)).isSameAs(frame);
    }

    @Test
    void theSlicesOfAWholeMakeTheWhole() {
        for (int cut = 0; cut <= frame.length(); cut++) {
            assertThat(runs(frame.slice(0, cut).and(frame.slice(cut, frame.length()))))
                    .isEqualTo(runs(frame));
        }
    }

    @Test
    void countsTheUsersOwn() {
        assertThat(frame.userLength()).isEqualTo(5);
        assertThat(frame.length()).isEqualTo(43);
    }
}
