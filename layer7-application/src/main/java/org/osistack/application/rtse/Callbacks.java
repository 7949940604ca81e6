package org.osistack.application.rtse;

import java.io.IOException;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.DialogueStep;

/**
 * The actions that call the user, its source, or its sink. Each takes what it needs out of the variables before it calls,
 * since the user may come back with requests.
 */
final class Callbacks {
    private final Rtpm machine;
    private final Variables v;

    Callbacks(Rtpm machine) {
        this.machine = machine;
        this.v = machine.v;
    }

    void call(Action action, Occurrence o) {
        switch (action) {
            case OPEN_INDICATION -> {
                v.user = machine.service.listener(v.context).openIndication(machine, v.mode, o.octets());
                if (v.user == null) {
                    machine.openRefusal("", Octets.EMPTY);
                }
            }
            case OPEN_CONFIRM -> v.user.openConfirm(machine, userData(o));
            case OPEN_REFUSED -> openRefused(o);
            case CONFIRMED -> v.outgoing.source.confirmed(v.outgoing.confirmed.octets());
            case SINK -> sink();
            case RESTORE -> restore();
            case APPEND -> append(o.pdu());
            case SECURE -> secure(((DialogueStep.SyncMinor) o.step()).serialNumber());
            case COMMIT -> commit();
            case TRANSFER_INDICATION -> {
                TransferSink sink = v.received;
                v.received = null;
                v.user.transferIndication(v.completed.name(), sink);
            }
            case LOST -> v.user.recovering(o.detail());
            case TRANSFER_CONFIRMED, TRANSFER_FAILED -> {
                TransferSource source = v.finished;
                v.finished = null;
                if (source != null) {
                    v.user.transferConfirm(source, action == Action.TRANSFER_CONFIRMED);
                }
            }
            case RECOVERED -> {
                boolean isTurnNews = v.isTurnNews;
                v.isTurnNews = false;
                v.user.recovered();
                if (isTurnNews && v.state != State.IDLE) {
                    v.user.turnGiveIndication();
                }
            }
            case TURN_PLEASE_INDICATION -> {
                RtseApdu.Rttp rttp = RtseApdu.Rttp.parse(o.octets());
                if (rttp == null) {
                    machine.occur(Occurrence.of(Event.PROTOCOL_ERROR, "no RTTP in P-TOKEN-PLEASE"));
                } else {
                    v.user.turnPleaseIndication(rttp.priority());
                }
            }
            case TURN_GIVE_INDICATION -> v.user.turnGiveIndication();
            case CLOSE_INDICATION -> v.user.closeIndication(o.octets());
            case CLOSE_CONFIRM -> v.user.closeConfirm(o.octets());
            case USER_ABORT_INDICATION -> v.user.userAbortIndication(o.octets());
            case PROVIDER_ABORT_INDICATION -> v.user.providerAbortIndication(o.detail());
            default -> throw new IllegalArgumentException(action + " is not for the user");
        }
    }

    private static Octets userData(Occurrence o) {
        return RtseApdu.parse(o.octets()) instanceof RtseApdu.Rtoac rtoac ? rtoac.userData() : Octets.EMPTY;
    }

    private void openRefused(Occurrence o) {
        RtseApdu apdu = RtseApdu.parse(o.octets());
        Octets userData = apdu instanceof RtseApdu.Rtorj rtorj ? rtorj.userData() : Octets.EMPTY;
        String detail = o.event() == Event.ASSOCIATE_CONFIRM ? "what the peer answers is no RTOAC" : o.detail();
        v.user.openRefused(detail, userData);
    }

    private void sink() {
        Incoming incoming = v.incoming;
        incoming.sink = v.user.sink(incoming.name, incoming.lastSecured().octets());
        if (incoming.sink == null) {
            trouble(incoming, "the user has no place for it");
        }
    }

    private void restore() {
        Incoming incoming = v.incoming;
        if (incoming.sink == null) {
            sink();
        }
        if (incoming.sink != null) {
            try {
                incoming.sink.rollBack(incoming.received());
                machine.save();
            } catch (IOException e) {
                trouble(incoming, String.valueOf(e.getMessage()));
            }
        }
    }

    private void append(Pdu segment) {
        Incoming incoming = v.incoming;
        int length = segment.length();
        try {
            incoming.sink.append(segment.array(), segment.arrayOffset(), length);
            incoming.add(length);
        } catch (IOException e) {
            trouble(incoming, String.valueOf(e.getMessage()));
        } finally {
            segment.release();
        }
    }

    private void secure(long serial) {
        Incoming incoming = v.incoming;
        Incoming.Mark mark = incoming.mark(serial);
        if (incoming.pending() > v.windowSize + Incoming.SPARE_MARKS) {
            v.link.pause(true); // the sink is behind
        }
        incoming.sink.secure(completion(Event.SECURED, incoming, mark));
    }

    private void commit() {
        Incoming incoming = v.incoming;
        incoming.sink.commit(completion(Event.COMMITTED, incoming, incoming.mark(Long.MAX_VALUE)));
    }

    /** After a restart in the middle of it. */
    void commitAgain() {
        Incoming incoming = v.incoming;
        if (incoming == null) {
            return; // aborted meanwhile
        }
        incoming.sink = v.user.sink(incoming.name, incoming.lastSecured().octets());
        if (incoming.sink == null) {
            v.incoming = null; // the peer will begin anew
        } else {
            commit();
        }
    }

    private TransferSink.Completion completion(Event event, Incoming incoming, Incoming.Mark mark) {
        return new TransferSink.Completion() {
            private boolean isOver;

            @Override
            public void done() {
                if (!isOver) {
                    isOver = true;
                    if (answered()) {
                        tell(event, incoming, mark);
                    }
                }
            }

            @Override
            public void failed(String why) {
                if (!isOver) {
                    isOver = true;
                    if (answered()) {
                        trouble(incoming, why);
                    }
                }
            }

            /** Whether the answer still matters. */
            private boolean answered() {
                if (incoming != v.incoming || !incoming.answered(mark)) {
                    return false;
                }
                if (v.link != null && incoming.pending() <= v.windowSize) {
                    v.link.pause(false);
                }
                return true;
            }
        };
    }

    /** The machine hears that a point is secured when the log has it, too. */
    private void tell(Event event, Incoming incoming, Incoming.Mark mark) {
        Occurrence occurrence = Occurrence.sink(event, mark, "");
        if (event != Event.SECURED || v.association == null || !incoming.isFresh(mark) || incoming.isCommitting) {
            machine.occur(occurrence);
        } else if (incoming.isNews(mark)) { // or a later point is on its way, which speaks for this one, too
            TransferState state = v.toState(incoming.stateWith(mark, Incoming.kept(v.windowSize)));
            machine.service.log().save(state, () -> machine.occur(occurrence));
        }
    }

    private void trouble(Incoming incoming, String why) {
        if (incoming == v.incoming) {
            machine.trouble(Occurrence.of(Event.SINK_TROUBLE, why));
        }
    }
}
