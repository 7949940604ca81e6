package org.osistack.application;

import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;

/** One end of an association of {@link FakeAssociations}: everything takes the same time to the other one. */
public final class FakeAssociation implements Association {
    private static final int CREDIT = 3;
    private static final long DELAY_NANOS = 1_000_000;

    private final Host host;
    private final String peer;
    FakeAssociation other;
    AssociationUser user;
    private FunctionalUnits units = FunctionalUnits.KERNEL;
    private int tokens;
    private int underWay;
    private boolean wanting;
    private boolean releasing;
    private boolean controlGiven; // X.225's state 18: the peer has not acknowledged it
    private boolean pleaseWaits; // for that
    private boolean ended;
    private boolean cut;

    FakeAssociation(Host host, String peer) {
        this.host = host;
        this.peer = peer;
    }

    /** Whatever this end sends from now on arrives nowhere. */
    public void cutOff() {
        cut = true;
    }

    void later(Runnable task) {
        host.newTimer(task).arm(DELAY_NANOS);
    }

    /** Settle units and tokens; to be called at the called side's end. */
    void agree(FunctionalUnits common, TokenSetting setting) {
        units = common.has(FunctionalUnit.DUPLEX) ? common.without(FunctionalUnit.HALF_DUPLEX) : common;
        other.units = units;
        for (Token token : available().tokens()) {
            boolean isCalled = setting.side(token) == TokenSetting.Side.RESPONDER;
            tokens |= isCalled ? token.bit() : 0;
            other.tokens |= isCalled ? 0 : token.bit();
        }
    }

    private Tokens available() {
        return new Tokens((units.has(FunctionalUnit.HALF_DUPLEX) ? Token.DATA.bit() : 0)
                | (units.has(FunctionalUnit.NEGOTIATED_RELEASE) ? Token.RELEASE.bit() : 0)
                | (units.has(FunctionalUnit.ACTIVITY_MANAGEMENT) ? Token.MAJOR_ACTIVITY.bit() : 0));
    }

    void end(AssociationUser.Ending ending, String detail) {
        later(() -> {
            if (!ended && user != null) { // null: the called side refused, and has no user
                ended = true;
                user.ended(ending, detail);
            }
        });
    }

    @Override
    public void accept(Octets userInformation) {
        other.later(() -> other.user.associateConfirm(other));
    }

    @Override
    public Octets userInformation() {
        return Octets.EMPTY;
    }

    @Override
    public void refuse(String reason) {
        ended = true;
        other.end(AssociationUser.Ending.REFUSED, reason);
    }

    @Override
    public boolean dataRequest(Pdu apdu) {
        if (ended) {
            apdu.release();
            return true;
        }
        checkOpen();
        check(!available().has(Token.DATA) || ownTokens().has(Token.DATA), "the peer holds the data token");
        Octets octets = Octets.of(apdu);
        boolean taken = send(() -> {
            Pdu copy = other.host.pool().take(octets.length());
            octets.appendTo(copy);
            other.user.dataIndication(copy);
        });
        if (taken) {
            apdu.release();
        }
        return taken;
    }

    /** Do it at the other end, if there is credit. */
    private boolean send(Runnable arrival) {
        if (underWay == CREDIT) {
            wanting = true;
            return false;
        }
        underWay++;
        other.later(() -> {
            if (!other.ended && !cut) {
                arrival.run();
            }
            later(this::credit);
        });
        return true;
    }

    private void checkOpen() {
        check(!releasing, "about to end");
    }

    private static void check(boolean allowed, String otherwise) {
        if (!allowed) {
            throw new IllegalStateException(otherwise);
        }
    }

    private void credit() {
        underWay--;
        if (wanting && !ended) {
            wanting = false;
            user.readyIndication();
        }
    }

    @Override
    public boolean typedDataRequest(Octets apdu) {
        if (ended) {
            return true;
        }
        checkOpen();
        check(units.has(FunctionalUnit.TYPED_DATA), "no typed data");
        return send(() -> other.user.typedDataIndication(apdu));
    }

    @Override
    public boolean expeditedDataRequest(Octets apdu) {
        throw new IllegalStateException("no expedited data");
    }

    @Override
    public boolean stepRequest(DialogueStep step, Octets apdu) {
        if (ended) {
            return true;
        }
        checkOpen();
        if (controlGiven && step instanceof DialogueStep.TokenPlease) {
            pleaseWaits = true;
            return false;
        }
        check(!controlGiven, "control is given, and not taken yet");
        Tokens moved = Tokens.NONE;
        if (step instanceof DialogueStep.TokenGive give) {
            moved = give.tokens();
            check(!moved.isEmpty() && (tokens & moved.bits()) == moved.bits(), "the peer holds the tokens");
        } else if (step instanceof DialogueStep.ControlGive) {
            moved = available();
            check(units.has(FunctionalUnit.ACTIVITY_MANAGEMENT) && tokens == moved.bits(), "not all tokens are here");
        } else if (step instanceof DialogueStep.TokenPlease please) {
            int bits = please.tokens().bits();
            check(bits != 0 && (bits & available().bits() & ~tokens) == bits, "the tokens are here, or nowhere");
        } else {
            throw new IllegalStateException("no control of the dialogue");
        }
        int bits = moved.bits();
        boolean isControl = step instanceof DialogueStep.ControlGive;
        boolean taken = send(() -> {
            other.tokens |= bits;
            if (isControl) {
                later(() -> {
                    controlGiven = false;
                    if (pleaseWaits && !ended) {
                        pleaseWaits = false;
                        user.readyIndication();
                    }
                });
            }
            other.user.stepIndication(step, apdu);
        });
        if (taken) {
            tokens &= ~bits;
            controlGiven = isControl;
        }
        return taken;
    }

    @Override
    public void releaseRequest() {
        if (!ended) {
            checkOpen();
            check(tokens == available().bits(), "not all tokens are here");
            releasing = true;
            other.later(() -> {
                if (!other.ended) {
                    other.user.releaseIndication();
                }
            });
        }
    }

    @Override
    public void releaseResponse(boolean affirmative) {
        if (affirmative) {
            end(AssociationUser.Ending.RELEASED, "");
            other.end(AssociationUser.Ending.RELEASED, "");
            return;
        }
        check(units.has(FunctionalUnit.NEGOTIATED_RELEASE), "no negotiated release");
        other.later(() -> {
            other.releasing = false;
            if (!other.ended) {
                other.user.releaseRefused();
            }
        });
    }

    @Override
    public void abortRequest() {
        ended = true;
        other.end(AssociationUser.Ending.ABORTED, "aborted by the peer");
    }

    @Override
    public FunctionalUnits functionalUnits() {
        return units;
    }

    @Override
    public SerialNumbers serialNumbers() {
        return SerialNumbers.NONE;
    }

    @Override
    public Tokens ownTokens() {
        return new Tokens(tokens);
    }

    @Override
    public String peer() {
        return peer;
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}
}
