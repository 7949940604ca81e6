package org.osistack.application.cut;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.osistack.core.ConfigurationException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --cut-at}, for all commands that run on a virtual medium. */
public final class CutOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--cut-at",
            paramLabel = "POINT[,for=TIME][,kill=HOST]",
            completionCandidates = Typical.class,
            description = {
                "Cut the cable at a point, for a while or for good, or kill a host there.",
                "'alice>DT#3': she sends her third DT. 'bob<CN': he has received a CN.",
                "'alice>octet 1234': in the middle of that frame. bob:STA713: a machine enters that state.",
                "alice:TIM.expired: a timer fires (or .armed, .stopped). bob:S-DATA.indication#2: a primitive.",
                "The n-th is counted as in the trace; without a host, whichever comes first.",
                "Quote < and >, or write alice:DT.sent#3, bob:CN.received, alice:octet=1234."
            })
    private List<String> cuts = List.of();

    /** What is to be cut, in the order in which it was typed. */
    public List<Cut> cuts() {
        List<Cut> parsed = new ArrayList<>();
        for (String text : cuts) {
            try {
                parsed.add(Cut.parse(text));
            } catch (ConfigurationException e) {
                throw new ParameterException(command.commandLine(), e.getMessage(), e);
            }
        }
        return parsed;
    }

    /** A point of each kind, in the form that needs no quotes. */
    static final class Typical implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of(
                            "alice:CN.sent",
                            "bob:CN.received",
                            "alice:octet=1000",
                            "bob:STA713",
                            "alice:TIM.expired",
                            "bob:S-CONNECT.indication")
                    .iterator();
        }
    }
}
