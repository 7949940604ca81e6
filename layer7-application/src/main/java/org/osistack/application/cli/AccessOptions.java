package org.osistack.application.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import org.osistack.application.facade.OpenSystem;
import org.osistack.application.management.SessionManager;
import org.osistack.application.security.Authenticator;
import org.osistack.application.security.Gatekeeper;
import org.osistack.application.security.TicketOffice;
import org.osistack.application.security.UsersFile;
import org.osistack.application.store.Store;
import org.osistack.application.store.StoreException;
import org.osistack.core.Host;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of a server that say who may use it. */
final class AccessOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description = "Serve the users of this file alone, who have to prove who they are ('osi user add').")
    private Path users;

    @Option(
            names = "--operators",
            paramLabel = "FILE",
            description = "Let the operators of this file ('osi user grant') list and end sessions from other hosts"
                    + " (default: those of --users).")
    private Path operators;

    @Option(
            names = "--password-plain",
            description = "Let users send their passwords as they are, for clients that know nothing else.")
    private boolean plain;

    @Option(
            names = "--store",
            paramLabel = "FOLDER",
            description = "Where the server keeps what has to survive it: transfers that were cut (default:"
                    + " ~/.local/state/osistack/NAME), its keys, and who is admitted by ticket (default: the users'"
                    + " FILE.store).")
    private Path store;

    @Option(
            names = "--max-per-user",
            paramLabel = "NUMBER",
            description =
                    "How many associations a user may have at a time (default: " + Gatekeeper.STANDARD_PER_USER + ").")
    private Integer perUser;

    /** Whether users have to prove who they are. */
    boolean isGiven() {
        if (users == null && operators == null && (plain || perUser != null)) {
            throw new ParameterException(
                    command.commandLine(), (plain ? "--password-plain" : "--max-per-user") + " needs --users");
        }
        if (perUser != null && perUser < 1) {
            throw new ParameterException(command.commandLine(), "--max-per-user needs at least 1");
        }
        return users != null;
    }

    /** Where applications keep what has to survive the server. */
    Path stateFolder(String host) {
        return store == null ? StateFolder.of(host) : store;
    }

    /** Whether it is said who may manage the sessions from other hosts. */
    boolean hasOperators() {
        return users != null || operators != null;
    }

    /**
     * Admit nobody but the users.
     *
     * @return admits those who may manage the sessions
     */
    Authenticator guard(OpenSystem system, Consumer<String> log) {
        Gatekeeper gate = null;
        if (users != null) {
            gate = gatekeeper(system, users, "users.store", log);
            system.guard(gate);
        }
        if (operators != null && !operators.equals(users)) {
            gate = gatekeeper(system, operators, "operators.store", log);
        }
        return gate == null ? SessionManager.NOBODY : gate.operators();
    }

    private static Void closed(Store store) {
        store.close();
        return null;
    }

    /**
     * Make the gatekeeper for a file of users.
     *
     * @param name of its store, where there is a folder for such
     */
    private Gatekeeper gatekeeper(OpenSystem system, Path usersFile, String name, Consumer<String> log) {
        Path keptIn =
                store == null ? usersFile.resolveSibling(usersFile.getFileName() + ".store") : store.resolve(name);
        Store opened = null;
        try {
            if (store != null) {
                Files.createDirectories(store);
            }
            UsersFile file = new UsersFile(usersFile);
            file.refresh();
            opened = Store.open(keptIn);
            Store kept = opened;
            Host host = system.host();
            TicketOffice office = new TicketOffice(
                    kept,
                    host.random(),
                    Clock.systemUTC(),
                    TicketOffice.STANDARD_LIFETIME,
                    TicketOffice.STANDARD_LIMIT,
                    log);
            Gatekeeper gatekeeper = new Gatekeeper(host, file, kept, office, plain, log)
                    .limit(perUser == null ? Gatekeeper.STANDARD_PER_USER : perUser)
                    .workIn(system.background());
            system.onClose(() -> system.background().call(() -> closed(kept), nothing -> {}));
            opened = null;
            return gatekeeper;
        } catch (IOException | StoreException e) {
            throw new CommandFailure(e.getMessage(), e);
        } finally {
            if (opened != null) {
                opened.close();
            }
        }
    }
}
