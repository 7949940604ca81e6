package org.osistack.application.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.osistack.application.ForeignText;
import org.osistack.application.facade.OpenSession;
import org.osistack.application.facade.OpenSystem;
import org.osistack.application.management.ManagementClient;
import org.osistack.application.management.ManagementClient.Listener;
import org.osistack.application.management.ManagementClient.Server;
import org.osistack.application.management.ManagementDissector;
import org.osistack.application.security.Credentials;
import org.osistack.core.NetworkAddress;
import picocli.CommandLine.Mixin;

/** The options of an operator's commands, which may concern a server on another host; and how they reach it. */
final class OperatorOptions {
    @Mixin
    private HostOptions hostOptions;

    @Mixin
    private UserOptions userOptions;

    /** What another server has answered. */
    record Answer(String server, List<OpenSession> sessions) {}

    /** The sessions of the server on a host. */
    Answer list(String host) throws InterruptedException {
        return ask(host, ManagementClient::list);
    }

    /** Have the server on a host end a session. */
    void end(String host, int number, boolean isAbrupt) throws InterruptedException {
        ask(host, (server, listener) -> ManagementClient.end(server, number, isAbrupt, listener));
    }

    private Answer ask(String host, BiConsumer<Server, Listener> request) throws InterruptedException {
        Credentials credentials = userOptions.ask();
        try (RunningHost running = hostOptions.open("alice", Preset.ISO_ON_TCP, ManagementDissector::new)) {
            NetworkAddress address = running.resolve(host);
            OpenSystem system = running.system();
            if (credentials != null) {
                credentials.workIn(system.background());
            }
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            system.call(() -> {
                Server server = new Server(system.host(), system.acse(), address, credentials);
                request.accept(server, new Listener() {
                    @Override
                    public void done(String name, List<OpenSession> sessions) {
                        answer.complete(new Answer(ForeignText.harmless(name), sessions));
                    }

                    @Override
                    public void failed(String why) {
                        answer.completeExceptionally(new IOException(ForeignText.harmless(why)));
                    }
                });
                return null;
            });
            return answer.get();
        } catch (ExecutionException e) {
            throw new CommandFailure(e.getCause().getMessage(), e);
        }
    }
}
