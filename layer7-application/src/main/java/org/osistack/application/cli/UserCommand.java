package org.osistack.application.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.osistack.application.security.UsersFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code osi user}: the users that a server admits. */
@Command(
        name = "user",
        description = "Add, remove and list the users in a file for 'osi serve --users FILE'.",
        synopsisSubcommandLabel = "add|remove|grant|revoke|list",
        subcommands = {
            UserCommand.Add.class,
            UserCommand.Remove.class,
            UserCommand.Grant.class,
            UserCommand.Revoke.class,
            UserCommand.ListUsers.class
        },
        footer = {
            "",
            "The file has no passwords, but what proofs of them are checked with. A running server takes up changes.",
            "",
            "Examples:",
            "  osi user add users alice",
            "  osi user add users bob --applications chat,file < password",
            "  osi user grant users alice",
            "  osi user list users",
            "  osi serve chat file=./inbox --users users"
        })
final class UserCommand extends OsiCommand {
    @Override
    public Integer call() {
        throw usage("user needs one of: add, remove, grant, revoke, list");
    }

    /** What the three do to a file. */
    abstract static class OnFile extends OsiCommand {
        @Parameters(index = "0", paramLabel = "FILE", description = "The file of users.")
        private Path file;

        abstract void on(UsersFile users) throws IOException;

        final Path file() {
            return file;
        }

        final void operator(UsersFile users, String name, boolean mayOperate) throws IOException {
            if (!users.operator(name, mayOperate)) {
                throw new CommandFailure("there is no user " + name + " in " + file());
            }
        }

        @Override
        public final Integer call() {
            try {
                on(new UsersFile(file));
                return Main.SUCCESS;
            } catch (IllegalArgumentException e) {
                throw usage(e.getMessage());
            } catch (IOException e) {
                throw new CommandFailure(e.getMessage(), e);
            }
        }
    }

    /** {@code osi user add}. */
    @Command(
            name = "add",
            description = "Add a user, or give one a new password; its rights are then those that are given here.",
            footer = {
                "",
                "The password is asked for on the terminal, or is the first line of the input.",
                "",
                "Examples:",
                "  osi user add users alice --applications chat"
            })
    static final class Add extends OnFile {
        @Parameters(index = "1", paramLabel = "NAME", description = "The user's name.")
        private String name;

        @Option(
                names = "--applications",
                paramLabel = "APP,...",
                defaultValue = "",
                description = "The applications that the user may use; all unless given.")
        private String applications;

        @Option(
                names = "--operator",
                description = "Let the user list and end sessions from other hosts, as 'osi user grant' does.")
        private boolean operator;

        @Override
        void on(UsersFile users) throws IOException {
            UsersFile.check(name, applications);
            users.add(name, Passwords.chosen(name, System.console()), applications);
            if (operator) {
                users.operator(name, true);
            }
        }
    }

    /** {@code osi user remove}. */
    @Command(
            name = "remove",
            description = "Remove a user. Tickets of the user are worth nothing from then on.",
            footer = {"", "Examples:", "  osi user remove users alice"})
    static final class Remove extends OnFile {
        @Parameters(index = "1", paramLabel = "NAME", description = "The user's name.")
        private String name;

        @Override
        void on(UsersFile users) throws IOException {
            if (!users.remove(name)) {
                throw new CommandFailure("there is no user " + name + " in " + file());
            }
        }
    }

    /** {@code osi user grant}. */
    @Command(
            name = "grant",
            description = "Give a user the right of an operator: to list the server's sessions and to end them, "
                    + "from other hosts ('osi session list HOST').",
            footer = {"", "Examples:", "  osi user grant users alice"})
    static final class Grant extends OnFile {
        @Parameters(index = "1", paramLabel = "NAME", description = "The user's name.")
        private String name;

        @Override
        void on(UsersFile users) throws IOException {
            operator(users, name, true);
        }
    }

    /** {@code osi user revoke}. */
    @Command(
            name = "revoke",
            description = "Take the right of an operator away from a user.",
            footer = {"", "Examples:", "  osi user revoke users alice"})
    static final class Revoke extends OnFile {
        @Parameters(index = "1", paramLabel = "NAME", description = "The user's name.")
        private String name;

        @Override
        void on(UsersFile users) throws IOException {
            operator(users, name, false);
        }
    }

    /** {@code osi user list}. */
    @Command(
            name = "list",
            description = "List the users and what they may use.",
            footer = {"", "Examples:", "  osi user list users"})
    static final class ListUsers extends OnFile {
        @Override
        void on(UsersFile users) throws IOException {
            users.refresh();
            Table table = new Table("USER", "APPLICATIONS", "RIGHTS");
            Set<String> operators = users.operators();
            for (Map.Entry<String, Set<String>> user : users.names().entrySet()) {
                table.row(
                        user.getKey(),
                        user.getValue().isEmpty() ? "all" : String.join(", ", user.getValue()),
                        operators.contains(user.getKey()) ? "operator" : "");
            }
            table.print(out());
        }
    }
}
