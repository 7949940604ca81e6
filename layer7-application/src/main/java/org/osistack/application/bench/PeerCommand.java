package org.osistack.application.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.osistack.application.cli.OsiCommand;
import org.osistack.application.cli.Preset;
import org.osistack.application.cli.StackOptions;
import org.osistack.core.HostThread;
import org.osistack.core.StackSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code osi bench-peer}: what {@link BenchCommand} starts in the namespaces that it makes. It takes part until its
 * input ends; {@link Exchange} tells what is said.
 */
@Command(name = PeerCommand.NAME, hidden = true, description = "Take part in 'osi bench', which starts this.")
public final class PeerCommand extends OsiCommand {
    static final String NAME = "bench-peer";

    @Mixin
    private StackOptions stack;

    @Option(names = "--name", defaultValue = "peer", description = "The host's name.")
    private String name;

    @Option(names = "--kernel", paramLabel = "ADDRESS", description = "Be the kernel, at this address of its.")
    private String kernel;

    @Override
    public Integer call() throws IOException {
        if (kernel != null) {
            try (Participant participant = KernelParticipant.open(kernel, false)) {
                takePart(participant);
            }
            return 0;
        }
        StackSpec spec = stack.checkedSpec(Preset.INTERNET);
        try (HostThread thread = new HostThread(name);
                Participant participant = StackParticipant.open(thread, name, spec)) {
            takePart(participant);
        }
        return 0;
    }

    private void takePart(Participant participant) throws IOException {
        out().println(Exchange.READY + " " + participant.address());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out().println(Exchange.answer(participant, line));
        }
    }
}
