package org.osistack.application.management;

import java.util.ArrayList;
import java.util.List;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.facade.OpenSession;
import org.osistack.application.rose.Code;
import org.osistack.application.rose.Operation;
import org.osistack.application.rose.Problem;
import org.osistack.application.rose.RoseConnection;
import org.osistack.application.rose.RoseService;
import org.osistack.application.rose.RoseUser;
import org.osistack.application.security.Credentials;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Timer;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.Tag;

/**
 * The operator's side of session management: does one thing with an association of its own, and releases that. On the
 * host's thread alone.
 */
public final class ManagementClient implements RoseUser {
    /** The most sessions that are asked for. */
    static final int MAX_SESSIONS = 1_000_000;
    /** Longer than the server waits for a release. */
    static final long ANSWER_NANOS = 30_000_000_000L;

    private static final long UNBIND_NANOS = 5_000_000_000L;

    /**
     * Who is asked, and by whom.
     *
     * @param host this side's
     * @param address the server's
     * @param credentials null to say nothing, and be refused
     */
    public record Server(Host host, AssociationService associations, NetworkAddress address, Credentials credentials) {}

    /** Hears what has come of it, once. */
    public interface Listener {
        /**
         * It was done, and the association has ended.
         *
         * @param server the server's name as it calls itself
         * @param sessions those that were asked for; empty if one was ended
         */
        void done(String server, List<OpenSession> sessions);

        /** It was not done, for the reason in this sentence, part of which may be the server's. */
        void failed(String why);
    }

    private final ManagementOperation operation;
    private final EndOrder order; // null to list
    private final Listener listener;
    private final Timer timer;
    private final List<OpenSession> sessions = new ArrayList<>();
    private RoseConnection connection;
    private String server = "";
    private String failure; // null as long as nothing has failed
    private boolean isAnswered;
    private boolean isOver;

    private ManagementClient(Host host, ManagementOperation operation, EndOrder order, Listener listener) {
        this.operation = operation;
        this.order = order;
        this.listener = listener;
        this.timer = host.newTimer(this::tooLate);
    }

    /** Ask a server for its sessions. */
    public static void list(Server called, Listener listener) {
        new ManagementClient(called.host, ManagementOperation.LIST, null, listener).bind(called);
    }

    /**
     * Have a server end one of its sessions.
     *
     * @param isAbrupt by A-ABORT; otherwise by A-RELEASE, to which the session's peer has to agree within 10 s
     */
    public static void end(Server called, int number, boolean isAbrupt, Listener listener) {
        new ManagementClient(called.host, ManagementOperation.END, new EndOrder(number, isAbrupt), listener)
                .bind(called);
    }

    private void bind(Server called) {
        timer.arm(ANSWER_NANOS);
        AssociationRequest request = new AssociationRequest(
                        ManagementApplication.CONTEXT, called.address, FunctionalUnits.KERNEL, TokenSetting.INITIATOR)
                .by(called.credentials);
        connection = RoseService.over(called.host, called.associations)
                .bindRequest(request, ManagementApplication.settings(), Octets.EMPTY, this);
    }

    @Override
    public void bindConfirm(RoseConnection bound, Octets result) {
        connection = bound;
        if (operation == ManagementOperation.LIST) {
            ask(0);
        } else {
            bound.invoke(operation.operation(), order.emit());
        }
    }

    private void ask(int after) {
        timer.arm(ANSWER_NANOS);
        connection.invoke(operation.operation(), new SessionQuery(after, ManagementApplication.MAX_PAGE).emit());
    }

    @Override
    public void bindRefused(String reason, Octets error) {
        over(reason);
    }

    @Override
    public Operation operation(Code code) {
        return null; // the operator alone invokes
    }

    @Override
    public void invokeIndication(long invokeId, Long linkedId, Operation invoked, Octets argument) {
        throw new IllegalStateException("there is no operation for this side");
    }

    @Override
    public void resultIndication(long invokeId, Operation invoked, Octets result) {
        if (operation == ManagementOperation.END) {
            answered(null);
            return;
        }
        SessionPage page = SessionPage.parse(result);
        int last = sessions.isEmpty()
                ? 0
                : sessions.get(sessions.size() - 1).status().number();
        boolean isNext = page != null
                && (page.sessions().isEmpty()
                        ? !page.hasMore()
                        : page.sessions().get(0).status().number() > last);
        if (!isNext) {
            connection.reject(invokeId, Problem.MISTYPED_RESULT);
            answered("the server's answer makes no sense");
            return;
        }
        server = page.server();
        sessions.addAll(page.sessions());
        if (!page.hasMore()) {
            answered(null);
        } else if (sessions.size() > MAX_SESSIONS) {
            answered("the server has more than " + MAX_SESSIONS + " sessions");
        } else {
            ask(page.last());
        }
    }

    @Override
    public void errorIndication(long invokeId, Operation invoked, Code error, Octets parameter) {
        BerReader reader = new BerReader(parameter);
        String sentence = reader.utf8String(Tag.UTF8_STRING);
        reader.end();
        answered(reader.isMalformed() || sentence.isEmpty() ? "the server does not say why" : sentence);
    }

    @Override
    public void rejectIndication(long invokeId, Problem problem) {
        answered("the server rejects it: " + problem.text());
    }

    @Override
    public void providerRejectIndication(Long invokeId, Problem problem, Octets apdu) {
        answered("the server could not read it");
    }

    /** What is to be known is known: release the association, and tell when that is done. */
    private void answered(String why) {
        if (isAnswered || isOver) {
            return;
        }
        isAnswered = true;
        failure = why;
        if (connection.invoked() > 0) { // the peer has rejected what it could not know
            connection.abortRequest();
            over(why);
        } else {
            timer.arm(UNBIND_NANOS);
            connection.unbindRequest(Octets.EMPTY);
        }
    }

    @Override
    public void unbindIndication(Octets argument) {
        connection.unbindResponse(Octets.EMPTY);
    }

    @Override
    public void ended(boolean orderly, String detail, Octets unbindResult) {
        over(isAnswered ? failure : "the association has ended before the answer: " + detail);
    }

    private void tooLate() {
        if (connection != null) {
            connection.abortRequest();
        }
        over(isAnswered ? failure : "the server does not answer");
    }

    private void over(String why) {
        if (isOver) {
            return;
        }
        isOver = true;
        timer.disarm();
        if (why == null) {
            listener.done(server, List.copyOf(sessions));
        } else {
            listener.failed(why);
        }
    }
}
