package org.osistack.application.cli;

import java.util.function.Function;
import org.osistack.application.facade.OpenSystem;
import org.osistack.application.security.Credentials;
import org.osistack.application.security.Identity;
import org.osistack.application.security.PlainPassword;
import org.osistack.application.security.Ticket;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of commands that call an application: who they do it for. */
public final class UserOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "Who you are to the server. The password is asked for, or taken from OSI_PASSWORD.")
    private String user;

    @Option(
            names = "--password-plain",
            description = "Send the password as it is, for servers that know nothing else: anybody can read it.")
    private boolean plain;

    /** Who it is done for; empty if it was not said. */
    public String user() {
        return user == null ? "" : user;
    }

    /** Ask for what is needed to prove who the user is; null if it was not said. To be called before a host is opened. */
    public Credentials ask() {
        return ask(name -> null);
    }

    /**
     * As {@link #ask()}, but without asking for the password if there is a ticket to go on with.
     *
     * @param tickets finds the ticket of a user; null if there is none
     */
    public Credentials ask(Function<String, Ticket> tickets) {
        if (user != null && !plain) {
            Ticket ticket = tickets.apply(user);
            if (ticket != null) {
                return Identity.of(user).keep(ticket);
            }
        }
        if (user == null) {
            if (plain) {
                throw new ParameterException(command.commandLine(), "--password-plain needs --user");
            }
            return null;
        }
        char[] password = Passwords.of(user, System.getenv(), System.console());
        try {
            return plain ? new PlainPassword(user, password) : Identity.of(user, password);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    /** Let all associations of a system be asked for by that user. */
    public static void identify(OpenSystem system, Credentials credentials) {
        if (credentials != null) {
            system.identify(credentials);
        }
    }
}
