package org.osistack.application.shell;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationProvider;
import org.osistack.core.Dissector;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;

/** The application {@code shell}: a remote line terminal that runs the commands that its settings allow, and no others. */
public final class ShellServer implements ApplicationProvider {
    @Override
    public String name() {
        return "shell";
    }

    @Override
    public String description() {
        return "a remote line terminal for the commands that FILE allows; its sessions outlive their connections";
    }

    @Override
    public List<String> standards() {
        return List.of();
    }

    @Override
    public String argument() {
        return "FILE";
    }

    @Override
    public Needs needs() {
        return Needs.ASSOCIATIONS;
    }

    @Override
    public ApplicationContext context() {
        return ShellApplication.CONTEXT;
    }

    @Override
    public void serve(Environment environment, String argument) {
        ShellSettings settings = argument == null ? ShellSettings.USUAL : SettingsFile.read(Path.of(argument));
        BuiltIns builtIns = new BuiltIns(environment.host(), InstantSource.system(), ZoneId.systemDefault(), settings);
        serve(environment, settings, new ProcessRunner(environment.host()), builtIns);
    }

    /** Serve with these settings. */
    static ShellSessions serve(
            Environment environment, ShellSettings settings, CommandRunner runner, BuiltIns builtIns) {
        ShellSessions sessions = new ShellSessions(environment, settings, new CommandBook(settings, runner, builtIns));
        boolean hasActivities = environment.associations().negotiatesFunctionalUnits();
        environment
                .associations()
                .attach(
                        ShellApplication.CONTEXT,
                        hasActivities ? ShellApplication.KEPT : FunctionalUnits.of(FunctionalUnit.DUPLEX),
                        sessions);
        if (!hasActivities) {
            environment.log().accept("this stack has no activities: a session ends with its connection");
        }
        return sessions;
    }

    @Override
    public Dissector newDissector() {
        return new ShellDissector();
    }
}
