package org.osistack.application.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osistack.application.chat.ClientCommands.Outcome;
import org.osistack.application.chat.RoomLab.Person;

/** What people type in a half-duplex room, and what they are told. */
class TypedLineTest {
    private final RoomLab lab = RoomLab.ofAssociations(2);

    @AfterEach
    void noPduLeaks() {
        lab.run();
        assertThat(lab.outstanding()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "hello /give|LINE|hello /give",
                " /give|LINE| /give",
                "!psst|ASIDE|psst",
                "! psst |ASIDE|psst",
                "!|UNKNOWN|!",
                "/please|PLEASE|''",
                "/give|GIVE|''",
                "/give  ann |GIVE|ann",
                "/all|ALL|''",
                "/who|WHO|''",
                "/givx|UNKNOWN|/givx",
                "/|UNKNOWN|/"
            })
    void isALineOrACommand(String typed, TypedLine.Kind kind, String text) {
        assertThat(TypedLine.parse(typed)).isEqualTo(new TypedLine(kind, text));
    }

    @Test
    void aLineWithoutTheFloorIsNotSaidAndNotLost() {
        Person ann = lab.come("ann");
        lab.run();
        ClientCommands commands = new ClientCommands(ann.client, "bob");

        assertThat(commands.obey("hello"))
                .isEqualTo(new Outcome("bob has the floor: /please asks for it, !TEXT speaks out of turn", true));
        assertThat(commands.obey("/give")).isEqualTo(new Outcome("bob has the floor, not you", false));
        assertThat(commands.obey("/nonsense"))
                .isEqualTo(new Outcome("there is no /nonsense: " + TypedLine.COMMANDS, true));
        assertThat(commands.obey("!")).isEqualTo(new Outcome("behind ! nothing is said", true));
        assertThat(commands.obey("!psst")).isEqualTo(Outcome.DONE);
        assertThat(commands.obey("/who")).isEqualTo(Outcome.DONE);
        assertThat(commands.obey("/please")).isEqualTo(Outcome.DONE);
        lab.run();
        assertThat(ann.heard).containsExactly("bob has the floor; you listen");
        assertThat(lab.log).contains("ann (out of turn): psst");
    }

    @Test
    void whoHasTheFloorSpeaksAndGives() {
        Person ann = lab.come("ann");
        lab.run();
        ClientCommands commands = new ClientCommands(ann.client, "bob");
        commands.obey("/please");
        lab.run();

        assertThat(commands.obey("/please")).isEqualTo(new Outcome("you have the floor", false));
        assertThat(commands.obey("hello")).isEqualTo(Outcome.DONE);
        assertThat(commands.obey("/give bob").isLost()).isTrue();
        assertThat(commands.obey("/all")).isEqualTo(Outcome.DONE);
        lab.run();
        assertThat(lab.log).contains("ann: hello");
        assertThat(lab.holders()).containsExactly("bob");
    }
}
