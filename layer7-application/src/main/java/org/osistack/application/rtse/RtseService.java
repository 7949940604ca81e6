package org.osistack.application.rtse;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import org.osistack.application.ApplicationContext;
import org.osistack.application.Association;
import org.osistack.application.AssociationService;
import org.osistack.application.AssociationUser;
import org.osistack.application.security.Authenticator;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;

/**
 * Reliable transfer over associations (X.218): opens them for applications, and recovers them.
 *
 * <p><b>Exactly once.</b> A transfer is known by its {@link TransferName}: the session connection on which it began, and
 * its activity there. The receiver remembers the name of the transfer that it is receiving and of the last one that it
 * secured, and hands an APDU to its user once a name. The sender resumes an activity, rather than begin anew, whenever the
 * peer may have secured it; what the receiver has already is then taken in and confirmed, but not handed over again. If the
 * sender wants to discard what the receiver has secured, the receiver aborts and says so (reason 7), which the sender takes
 * for a confirm. A sink that survives a crash goes by the same name.
 */
public final class RtseService {
    /** What RTSE needs of the session service (X.228 §8.2). */
    static final FunctionalUnits FUNCTIONAL_UNITS = FunctionalUnits.of(
            FunctionalUnit.HALF_DUPLEX,
            FunctionalUnit.MINOR_SYNCHRONIZE,
            FunctionalUnit.ACTIVITY_MANAGEMENT,
            FunctionalUnit.EXCEPTIONS);

    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int REFERENCE_LENGTH = 16; // octets: nobody guesses the name of another's association
    private static final int MAX_WAITING = 10_000;

    private final Host host;
    private final AssociationService associations;
    private final TransferLog log;
    private final RtseSettings settings;
    private final InstantSource clock;
    private final Map<String, RtseListener> listeners = new HashMap<>();
    private final Map<SessionConnectionIdentifier, Rtpm> responders = new HashMap<>();
    private int waiting;

    /**
     * Make the service of a host.
     *
     * @param log remembers what must survive a restart
     * @param clock tells the time that is part of an association's name
     */
    public RtseService(
            Host host, AssociationService associations, TransferLog log, RtseSettings settings, InstantSource clock) {
        this.host = host;
        this.associations = associations;
        this.log = log;
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether associations of this service have what reliable transfer needs. */
    public static boolean isPossibleOver(AssociationService associations) {
        return associations.functionalUnits().hasAll(FUNCTIONAL_UNITS);
    }

    /**
     * Hear of associations that are opened in this application context.
     *
     * @throws IllegalStateException if somebody else does already
     */
    public void attach(ApplicationContext context, RtseListener listener) {
        associations.attach(
                context, FUNCTIONAL_UNITS, association -> associateIndication(context, listener, association));
        listeners.put(context.application(), listener);
    }

    /**
     * Hear of associations that are opened in this application context, of those alone that the authenticator admits. An
     * association is continued for the user alone who opened it.
     *
     * @throws IllegalStateException if somebody else does already, or there is no ACSE to carry the proof
     */
    public void attach(ApplicationContext context, Authenticator authenticator, RtseListener listener) {
        associations.attach(
                context,
                FUNCTIONAL_UNITS,
                authenticator,
                association -> associateIndication(context, listener, association));
        listeners.put(context.application(), listener);
    }

    /** Hear no more of them. Associations that are open go on, and are recovered no more. */
    public void detach(ApplicationContext context) {
        associations.detach(context);
        listeners.remove(context.application());
    }

    /** RT-OPEN.request. The user hears the answer later, never before this call returns. */
    public ReliableTransfer openRequest(OpenRequest request, ReliableTransferUser user) {
        Variables v = new Variables(true, request.association().context());
        v.request = request;
        v.user = user;
        Rtpm machine = new Rtpm(this, v);
        machine.openRequest();
        return machine;
    }

    /**
     * Go on with an association that this side asked for before a restart. A transfer that was under way has no time limit
     * any more.
     *
     * @param state from the log
     * @param request as it was
     */
    public ReliableTransfer recoverRequest(TransferState state, OpenRequest request, ReliableTransferUser user) {
        Variables v = new Variables(true, request.association().context());
        v.request = request;
        v.user = user;
        Rtpm machine = new Rtpm(this, v);
        restore(machine, state);
        return machine;
    }

    private static void restore(Rtpm machine, TransferState state) {
        Variables v = machine.v;
        v.peerUser = state.user();
        v.association = state.association();
        v.connection = state.association();
        v.mode = state.mode();
        v.hasTurn = state.hasTurn();
        v.checkpointSize = state.checkpointSize();
        v.windowSize = state.windowSize();
        v.completed = state.completed();
        v.sent = state.sent();
        v.incoming = state.incoming() == null ? null : new Incoming(state.incoming());
        TransferState.Outgoing outgoing = state.outgoing();
        TransferSource source = outgoing == null ? null : v.user.source(outgoing.name(), outgoing.label());
        v.outgoing = source == null ? null : new Outgoing(source, outgoing);
        machine.restored();
    }

    private AssociationUser associateIndication(
            ApplicationContext context, RtseListener listener, Association association) {
        if (!(RtseApdu.parse(association.userInformation()) instanceof RtseApdu.Rtorq rtorq)) {
            return refuse(association, "no RTORQ");
        } else if (!association.functionalUnits().hasAll(FUNCTIONAL_UNITS)) {
            return refuse(association, "RTSE needs half-duplex, minor synchronize, activity management, exceptions");
        }
        return rtorq.recovered() == null
                ? open(context, association, rtorq)
                : recover(context, listener, association, rtorq.recovered());
    }

    private Link refuse(Association association, String reason) {
        association.refuse(reason, new RtseApdu.Rtorj(Octets.EMPTY).emit());
        return new Link(host, null);
    }

    private Link open(ApplicationContext context, Association association, RtseApdu.Rtorq rtorq) {
        Variables v = new Variables(false, context);
        Rtpm machine = new Rtpm(this, v);
        v.connection = SessionConnectionIdentifier.of(association.peerIdentifier());
        boolean isFree = v.connection != null && log.load(false, v.connection) == null;
        if (isFree && responders.putIfAbsent(v.connection, machine) == null) {
            v.association = v.connection;
        }
        v.peerUser = association.user();
        v.mode = rtorq.mode();
        v.askedCheckpointSize = rtorq.checkpointSize();
        v.askedWindowSize = rtorq.windowSize();
        Link link = new Link(host, machine);
        link.association(association);
        v.link = link;
        machine.occur(Occurrence.association(Event.OPEN_INDICATION, link, association, rtorq.userData(), ""));
        return link;
    }

    private Link recover(
            ApplicationContext context,
            RtseListener listener,
            Association association,
            SessionConnectionIdentifier name) {
        Rtpm machine = responders.get(name);
        TransferState state = machine == null ? log.load(false, name) : machine.v.toState();
        if (state == null
                || !state.application().equals(context.application())
                || !state.user().equals(association.user())
                || !listener.mayRecover(state, association)) {
            return refuse(association, "no such association");
        }
        if (machine == null) {
            Variables v = new Variables(false, context);
            machine = new Rtpm(this, v);
            v.association = name;
            v.user = listener.recoverIndication(machine, state);
            if (v.user == null) {
                return refuse(association, "no such association");
            }
            responders.put(name, machine);
            restore(machine, state);
        }
        Link link = new Link(host, machine);
        machine.occur(Occurrence.association(
                Event.RECOVER_INDICATION, link, association, association.userInformation(), "another association"));
        return link;
    }

    // ---- for the machines ----

    Host host() {
        return host;
    }

    AssociationService associations() {
        return associations;
    }

    TransferLog log() {
        return log;
    }

    RtseSettings settings() {
        return settings;
    }

    RtseListener listener(ApplicationContext context) {
        return listeners.get(context.application());
    }

    /** A name for a session connection that no other has. */
    SessionConnectionIdentifier newIdentifier() {
        byte[] reference = new byte[REFERENCE_LENGTH];
        host.random().nextBytes(reference);
        String time = UTC_TIME.format(clock.instant());
        return new SessionConnectionIdentifier(Octets.of(reference), Octets.ofText(time), Octets.EMPTY);
    }

    /** Count those that wait for their peer to recover: it may never come. */
    void waiting(State before, State next) {
        waiting += next == State.AWAITING_RECOVERY ? 1 : 0;
        waiting -= before == State.AWAITING_RECOVERY ? 1 : 0;
    }

    boolean mayWait() {
        return waiting < MAX_WAITING;
    }

    /** The machine has come to its end. */
    void ended(Rtpm machine) {
        if (machine.v.association != null) {
            responders.remove(machine.v.association, machine);
        }
    }
}
