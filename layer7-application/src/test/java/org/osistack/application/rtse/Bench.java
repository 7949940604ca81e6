package org.osistack.application.rtse;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.osistack.application.ApplicationContext;
import org.osistack.application.Association;
import org.osistack.application.AssociationListener;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.AssociationUser;
import org.osistack.application.rtse.StateTable.Row;
import org.osistack.application.rtse.StateTable.Term;
import org.osistack.application.rtse.TransferState.Checkpoint;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Observer;
import org.osistack.core.Octets;
import org.osistack.core.Origin;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.ExceptionReason;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.Tokens;

/** One protocol machine, put into a state in which a row's predicates hold, between a user and an association that note. */
final class Bench implements AssociationService, ReliableTransferUser, RtseListener {
    private static final SessionConnectionIdentifier NAME =
            new SessionConnectionIdentifier(Octets.ofHex("0123"), Octets.ofText("260101000000Z"), Octets.EMPTY);
    private static final ActivityIdentifier ACTIVITY = new ActivityIdentifier(Octets.ofHex("020105"));
    private static final ActivityIdentifier ANOTHER = new ActivityIdentifier(Octets.ofHex("020106"));
    private static final TransferName TRANSFER = new TransferName(NAME, ACTIVITY);
    private static final Set<State> OF_INITIATOR =
            EnumSet.of(State.IDLE, State.AWAITING_ASSOCIATION, State.CLOSING, State.RECOVERING);
    private static final Set<Event> OF_RESPONDER = EnumSet.of(Event.OPEN_INDICATION, Event.RECOVER_INDICATION);
    private static final Octets APDU = Octets.of(new byte[1000]);

    final Host host = new Simulation(1).newHost("host");
    final List<String> seen = new ArrayList<>();
    final List<String> changes = new ArrayList<>();
    final Variables v;

    private final Event event;
    private final Row row; // null for an event without one
    private final RtseService service;
    private final Rtpm machine;
    private final Occurrence occurrence;
    private final boolean hadOutgoing;
    private final boolean hadLink;

    Bench(Event event, State state, Row row) {
        this.event = event;
        this.row = row;
        host.observe(new Observer() {
            @Override
            public boolean isWatching() {
                return true;
            }

            @Override
            public void stateChanged(Origin origin, String from, String to, String cause) {
                changes.add(from + " to " + to + " by " + cause);
            }
        });
        service = new RtseService(host, this, new MemoryTransferLog(), Lab.SETTINGS, () -> Instant.EPOCH);
        service.attach(Lab.CONTEXT, this);
        boolean isInitiator = OF_INITIATOR.contains(state) && !OF_RESPONDER.contains(event);
        v = new Variables(holds(Predicate.INITIATOR, isInitiator), Lab.CONTEXT);
        v.request = Lab.request(DialogueMode.TWO_WAY_ALTERNATE, true);
        v.user = this;
        v.association = holds(Predicate.RECOVERABLE, true) ? NAME : null;
        v.connection = NAME;
        v.mode = holds(Predicate.TWO_WAY, true) ? DialogueMode.TWO_WAY_ALTERNATE : DialogueMode.MONOLOGUE;
        v.checkpointSize = holds(Predicate.CHECKPOINTS, true) ? 1 : 0;
        v.isSecuredLast = holds(Predicate.SECURED_LAST, false);
        boolean hasTurn = state == State.TURN_HERE
                || state == State.SENDING
                || state == State.AWAITING_END
                || state == State.AWAITING_STOP;
        v.hasTurn = holds(Predicate.TURN, hasTurn);
        machine = new Rtpm(service, v);
        v.state = state;
        if (state != State.IDLE && state != State.AWAITING_RECOVERY) {
            v.link = new Link(host, machine);
            v.link.association(new Noting());
        }
        outgoing(state);
        incoming(state);
        occurrence = occurrence();
        hadOutgoing = v.outgoing != null;
        hadLink = v.link != null;
    }

    private boolean holds(Predicate predicate, boolean otherwise) {
        if (row != null) {
            for (Term term : row.terms()) {
                if (term.predicate() == predicate) {
                    return term.expected();
                }
            }
        }
        return otherwise;
    }

    private void outgoing(State state) {
        boolean isSending = state == State.SENDING || state == State.AWAITING_END || state == State.AWAITING_STOP;
        if (!holds(Predicate.PENDING, isSending || event == Event.RETRY) || holds(Predicate.IDLE, false)) {
            return;
        }
        int length = holds(Predicate.LAST, true) ? 1000 : 3_000_000;
        TransferSource source = TransferSource.of(Octets.of(new byte[length]));
        v.outgoing = new Outgoing(new TransferSource() {
            @Override
            public int read(long offset, byte[] into, int at, int most) throws IOException {
                return source.read(offset, into, at, most);
            }

            @Override
            public void confirmed(long offset) {
                seen.add("CONFIRMED");
            }
        });
        v.outgoing.name = TRANSFER;
        v.outgoing.present = TRANSFER;
        v.outgoing.endRequested = state == State.AWAITING_END;
        if (holds(Predicate.CONFIRMED, false) || event == Event.RETRY && holds(Predicate.RESUMABLE, false)) {
            v.outgoing.confirmed = new Checkpoint(1, 100);
        }
        v.outgoing.retries = holds(Predicate.AGAIN, true) ? 0 : Lab.SETTINGS.retries();
        v.outgoing.isHeld = holds(Predicate.HELD, false);
        v.outgoing.isNegative = holds(Predicate.NEGATIVE, false);
        v.outgoing.rewind();
        if (event == Event.SEGMENT) {
            try {
                v.outgoing.prepare(host.pool(), v.checkpointSize);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private void incoming(State state) {
        boolean isReceiving = state == State.RECEIVING || state == State.REPORTED;
        boolean isOfSink = event == Event.COMMITTED || event == Event.SINK_TROUBLE || event == Event.SECURED;
        if (isReceiving || holds(Predicate.KNOWN, false) || isOfSink) {
            v.incoming = new Incoming(TRANSFER, TRANSFER);
            v.incoming.sink = new NotingSink();
            v.incoming.isAbsorbing = holds(Predicate.ABSORBING, false);
            v.incoming.isCommitting = holds(Predicate.COMMITTING, event == Event.COMMITTED);
        }
        if (holds(Predicate.COMPLETED, false)) {
            v.completed = new TransferState.Completed(TRANSFER, TRANSFER);
        }
    }

    private Occurrence occurrence() {
        if (event == Event.RT_TRANSFER_REQUEST) {
            return Occurrence.transfer(TransferSource.of(APDU), 1_000_000);
        } else if (event == Event.SECURED) {
            Incoming.Mark mark = v.incoming.mark(holds(Predicate.FRESH, true) ? 1 : 0);
            return Occurrence.sink(event, mark, "");
        } else if (event == Event.DATA) {
            return Occurrence.data(v.link, host.pool().take().append(new byte[10]));
        } else if (event == Event.RT_REPORT_REQUEST) {
            return Occurrence.of(event, ExceptionReason.NON_SPECIFIC.code());
        } else if (event == Event.RECOVER_INDICATION) {
            Link link = new Link(host, machine);
            Octets rtorq = new RtseApdu.Rtorq(1, 3, v.mode, NAME, Octets.EMPTY).emit();
            return Occurrence.association(event, link, new Noting(), rtorq, "");
        }
        DialogueStep step = step();
        if (step != null) {
            return Occurrence.step(event, v.link, step, Octets.EMPTY);
        }
        Octets octets = octets();
        boolean isOfPeer = !event.isRequest() && event.ordinal() < Event.PROTOCOL_ERROR.ordinal();
        return isOfPeer
                ? Occurrence.association(event, v.link, null, octets, "detail")
                : Occurrence.of(event, octets, "detail");
    }

    private Octets octets() {
        if (event == Event.ASSOCIATE_CONFIRM && holds(Predicate.AGREED, true)) {
            SessionConnectionIdentifier recovered = v.state == State.RECOVERING ? NAME : null;
            return new RtseApdu.Rtoac(1, 3, recovered, Octets.EMPTY).emit();
        } else if (event == Event.ASSOCIATE_REFUSAL && holds(Predicate.UNKNOWN, false)) {
            return new RtseApdu.Rtorj(Octets.EMPTY).emit();
        }
        return Octets.EMPTY;
    }

    private DialogueStep step() {
        return switch (event) {
            case ACTIVITY_START -> new DialogueStep.ActivityStart(ACTIVITY);
            case ACTIVITY_RESUME -> new DialogueStep.ActivityResume(ANOTHER, ACTIVITY, 0, null);
            case ACTIVITY_END -> new DialogueStep.ActivityEnd(1);
            case SYNC_MINOR -> new DialogueStep.SyncMinor(1, true, false);
            case SYNC_MINOR_CONFIRM -> new DialogueStep.SyncMinorAnswer(1);
            default -> null;
        };
    }

    void fire() {
        if (event.isRequest()) {
            machine.request(occurrence);
        } else {
            machine.occur(occurrence);
        }
    }

    /** Another event, with something that belongs to it. */
    void fireAnother(Event another, SplittableRandom random) {
        if (another == Event.OPEN_INDICATION || another == Event.RT_OPEN_REQUEST) {
            return; // happens once, before all others
        }
        Incoming incoming = v.incoming == null ? new Incoming(TRANSFER, TRANSFER) : v.incoming;
        Incoming.Mark mark = incoming.mark(random.nextInt(3));
        boolean isOfSink = another == Event.COMMITTED || another == Event.SECURED || another == Event.SINK_TROUBLE;
        if (isOfSink && v.incoming == null || another == Event.COMMITTED && !incoming.isCommitting) {
            return; // a completion whose task does not exist
        } else if (isOwnOnly(another)) {
            return; // the machine itself tells when
        }
        boolean isOfPeer = !another.isRequest() && another.ordinal() < Event.PROTOCOL_ERROR.ordinal();
        Link link = another == Event.RECOVER_INDICATION ? new Link(host, machine) : isOfPeer ? v.link : null;
        if (isOfPeer && link == null) {
            return;
        }
        Octets octets = random.nextBoolean() ? Octets.EMPTY : new RtseApdu.Rtoac(1, 3, null, Octets.EMPTY).emit();
        Occurrence next = new Occurrence(
                another,
                link,
                another == Event.RECOVER_INDICATION ? new Noting() : null,
                anyStep(another, random),
                octets,
                another == Event.DATA ? host.pool().take().append(new byte[random.nextInt(9)]) : null,
                TransferSource.of(APDU),
                isOfSink ? mark : null,
                random.nextInt(9),
                "");
        try {
            if (another.isRequest()) {
                machine.request(next);
            } else {
                machine.occur(next);
            }
        } catch (IllegalStateException e) {
            if (!e.getMessage().contains("is not allowed")) {
                throw e;
            }
        }
    }

    private boolean isOwnOnly(Event another) {
        return another == Event.SEGMENT
                || another == Event.RETRY && v.outgoing == null
                || another == Event.SOURCE_TROUBLE && v.outgoing == null
                || another == Event.PLEASE
                || another == Event.REGIVE
                || another == Event.ATTEMPT
                || another == Event.RECOVERY_TIME
                || another == Event.SUPERVISION;
    }

    private static DialogueStep anyStep(Event another, SplittableRandom random) {
        ActivityIdentifier activity = random.nextBoolean() ? ACTIVITY : ANOTHER;
        return switch (another) {
            case ACTIVITY_START -> new DialogueStep.ActivityStart(activity);
            case ACTIVITY_RESUME -> new DialogueStep.ActivityResume(ANOTHER, activity, random.nextInt(3), null);
            case SYNC_MINOR -> new DialogueStep.SyncMinor(random.nextInt(4), true, false);
            case SYNC_MINOR_CONFIRM -> new DialogueStep.SyncMinorAnswer(random.nextInt(4));
            default -> null;
        };
    }

    /** Whether somebody sees an action that the row has. */
    boolean isSeen(Action action) {
        boolean isConfirm = action == Action.TRANSFER_FAILED || action == Action.TRANSFER_CONFIRMED;
        boolean isAbort = action.label().startsWith("A-ABTreq");
        return (!isConfirm || hadOutgoing) && (!isAbort || hadLink);
    }

    /** The state that a row leads to. */
    State expectedState(Row of) {
        return switch (of.next()) {
            case "=" -> changes.isEmpty() ? v.state : stateBefore();
            case "T" -> v.hasTurn ? State.TURN_HERE : State.TURN_THERE;
            case "R" -> v.isInitiator ? State.RECOVERING : State.AWAITING_RECOVERY;
            default -> State.values()[Integer.parseInt(of.next())];
        };
    }

    private State stateBefore() {
        String before = changes.get(0);
        return State.values()[Integer.parseInt(before.substring(0, before.indexOf(' ')))];
    }

    /** Give back what is kept. */
    void finish() {
        v.user = this;
        if (v.state != State.IDLE) {
            if (v.incoming != null) {
                v.incoming.isCommitting = false;
            }
            machine.request(Occurrence.of(Event.RT_U_ABORT_REQUEST, Octets.EMPTY));
        }
    }

    // ---- the association ----

    @Override
    public void attach(ApplicationContext context, FunctionalUnits supported, AssociationListener listener) {}

    @Override
    public void detach(ApplicationContext context) {}

    @Override
    public Association associateRequest(AssociationRequest request, AssociationUser user) {
        RtseApdu.Rtorq rtorq = (RtseApdu.Rtorq) RtseApdu.parse(request.userInformation());
        seen.add(rtorq.recovered() == null ? "A-ASCreq" : "A-ASCreq-recover");
        return new Noting();
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        throw new IllegalArgumentException(text);
    }

    private final class Noting implements Association {
        @Override
        public void accept(Octets userInformation) {
            RtseApdu.Rtoac rtoac = (RtseApdu.Rtoac) RtseApdu.parse(userInformation);
            seen.add(rtoac.recovered() == null ? "A-ASCrsp+" : "A-ASCrsp+recover");
        }

        @Override
        public Octets userInformation() {
            return Octets.EMPTY;
        }

        @Override
        public ConnectionIdentifier peerIdentifier() {
            return ConnectionIdentifier.NONE;
        }

        @Override
        public void refuse(String reason) {
            throw new AssertionError("without RTORJ");
        }

        @Override
        public void refuse(String reason, Octets userInformation) {
            seen.add(event == Event.RECOVER_INDICATION ? "A-ASCrsp-recover" : "A-ASCrsp-");
        }

        @Override
        public boolean dataRequest(Pdu apdu) {
            seen.add("RTTR");
            apdu.release();
            return true;
        }

        @Override
        public boolean typedDataRequest(Octets apdu) {
            throw new AssertionError();
        }

        @Override
        public boolean expeditedDataRequest(Octets apdu) {
            throw new AssertionError();
        }

        @Override
        public boolean stepRequest(DialogueStep step, Octets apdu) {
            seen.add(name(step));
            return true;
        }

        private String name(DialogueStep step) {
            if (step instanceof DialogueStep.UserExceptionReport report) {
                return report.reason() == ExceptionReason.NON_SPECIFIC
                        ? "P-UERreq"
                        : "P-UERreq-" + report.reason().code();
            }
            String service = switch (step.service()) {
                case "ACTIVITY-START" -> "P-ACTS";
                case "ACTIVITY-RESUME" -> "P-ACTR";
                case "ACTIVITY-END" -> "P-ACTE";
                case "ACTIVITY-INTERRUPT" -> "P-ACTI";
                case "ACTIVITY-DISCARD" -> "P-ACTD";
                case "SYNC-MINOR" -> "P-SYNCm";
                case "TOKEN-PLEASE" -> "P-TKP";
                case "CONTROL-GIVE" -> "P-CTRLG";
                default -> throw new AssertionError(step);
            };
            return service + (step.isAnswer() ? "rsp" : "req");
        }

        @Override
        public void releaseRequest() {
            throw new AssertionError();
        }

        @Override
        public void releaseRequest(Octets userInformation) {
            seen.add("A-RLSreq");
        }

        @Override
        public void releaseResponse(boolean affirmative) {
            throw new AssertionError();
        }

        @Override
        public void releaseResponse(boolean affirmative, Octets userInformation) {
            seen.add("A-RLSrsp");
        }

        @Override
        public void abortRequest() {
            throw new AssertionError("without RTAB");
        }

        @Override
        public void abortRequest(Octets userInformation) {
            RtseApdu.Rtab rtab = (RtseApdu.Rtab) RtseApdu.parse(userInformation);
            seen.add("A-ABTreq-" + rtab.reason().ordinal());
        }

        @Override
        public FunctionalUnits functionalUnits() {
            return RtseService.FUNCTIONAL_UNITS;
        }

        @Override
        public Tokens ownTokens() {
            return v.hasTurn ? Tokens.of(Token.DATA) : Tokens.NONE;
        }

        @Override
        public SerialNumbers serialNumbers() {
            return SerialNumbers.NONE;
        }

        @Override
        public String peer() {
            return "";
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}
    }

    // ---- the user ----

    @Override
    public ReliableTransferUser openIndication(ReliableTransfer transfer, DialogueMode mode, Octets userData) {
        seen.add("RT-OPENind");
        return this;
    }

    @Override
    public void openConfirm(ReliableTransfer transfer, Octets userData) {
        seen.add("RT-OPENcnf+");
    }

    @Override
    public void openRefused(String reason, Octets userData) {
        seen.add("RT-OPENcnf-");
    }

    @Override
    public TransferSink sink(TransferName name, long secured) {
        seen.add("SINK");
        return new NotingSink();
    }

    @Override
    public void transferIndication(TransferName name, TransferSink sink) {
        seen.add("RT-TRANSFERind");
    }

    @Override
    public void transferConfirm(TransferSource source, boolean transferred) {
        seen.add(transferred ? "RT-TRANSFERcnf+" : "RT-TRANSFERcnf-");
    }

    @Override
    public void turnPleaseIndication(int priority) {
        seen.add("RT-TURN-PLEASEind");
    }

    @Override
    public void turnGiveIndication() {
        seen.add("RT-TURN-GIVEind");
    }

    @Override
    public void closeIndication(Octets userData) {
        seen.add("RT-CLOSEind");
    }

    @Override
    public void closeConfirm(Octets userData) {
        seen.add("RT-CLOSEcnf");
    }

    @Override
    public void userAbortIndication(Octets userData) {
        seen.add("RT-U-ABTind");
    }

    @Override
    public void providerAbortIndication(String detail) {
        seen.add("RT-P-ABTind");
    }

    @Override
    public void recovering(String detail) {
        seen.add("LOST");
    }

    @Override
    public void recovered() {
        seen.add("RECOVERED");
    }

    private final class NotingSink implements TransferSink {
        @Override
        public void append(byte[] octets, int offset, int length) {
            seen.add("APPEND");
        }

        @Override
        public void secure(Completion completion) {
            seen.add("SECURE");
        }

        @Override
        public void rollBack(long length) {
            seen.add("RESTORE");
        }

        @Override
        public void commit(Completion completion) {
            seen.add("COMMIT");
        }

        @Override
        public void discard() {}
    }
}
