package org.osistack.session.x225;

import org.osistack.core.dialogue.ResynchronizeType;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.session.x225.Variables.Resync;

/** The way up: which event an SPDU is that has come (X.225 Annex A). What it says goes into the {@link Variables}. */
final class Recognition {
    private final SessionProtocolMachine machine;
    private final Variables v;

    Recognition(SessionProtocolMachine machine, Variables v) {
        this.machine = machine;
        this.v = v;
    }

    /** Which event an SPDU is; what it says goes into the variables. */
    Event eventOf(Spdu spdu) {
        Establishment establishment = machine.establishment();
        v.serialNumber = spdu.serialNumber(Parameter.SERIAL_NUMBER);
        long second = spdu.serialNumber(Parameter.SECOND_SERIAL_NUMBER);
        if (v.serialNumber > v.maxSerialNumber || second > v.maxSerialNumber) {
            return Event.INVALID;
        }
        return switch (spdu.type()) {
            case CN -> {
                if (machine.state() == State.STA01C && v.vtca) {
                    establishment.consider(spdu);
                }
                yield Event.CN;
            }
            case CDO -> establishment.isWithinLimit(spdu) ? Event.CDO : Event.INVALID;
            case AC -> machine.state() != State.STA02A || establishment.read(spdu) ? Event.AC : Event.INVALID;
            case RF -> Translation.releasesTransport(spdu) ? Event.RF_NR : Event.RF_R;
            case FN -> Translation.releasesTransport(spdu) ? Event.FN_NR : Event.FN_R;
            case AB -> Translation.releasesTransport(spdu) ? Event.AB_NR : Event.AB_R;
            case GT, PT -> {
                v.tokens = Translation.tokens(spdu).bits();
                yield spdu.type() == SpduType.GT ? Event.GT : Event.PT;
            }
            case MIP -> Indications.isSeparated(spdu, v) ? Event.MIP_D : Event.MIP;
            case MAA, AEA -> isComplete(v.serialNumber, second) ? Event.MAA_AEA : Event.INVALID;
            case RS -> isComplete(second, v.serialNumber) ? resynchronize(spdu) : Event.INVALID;
            case RA -> isComplete(second, v.serialNumber) && isPossibleAnswer(spdu) ? Event.RA : Event.INVALID;
            case AI -> {
                v.resync = Resync.INTERRUPT;
                yield Event.AI;
            }
            case AD -> {
                v.resync = Resync.DISCARD;
                yield Event.AD;
            }
            case AS -> {
                v.namedActivity = isFirst(spdu) ? Indications.activity(spdu) : null;
                yield Event.AS;
            }
            case AR -> {
                v.namedActivity = isFirst(spdu) ? Indications.activity(spdu) : null;
                v.serialNumber = Spdu.decimal(spdu.linked(Parameter.SERIAL_NUMBER));
                long linked = Spdu.decimal(spdu.linked(Parameter.SECOND_SERIAL_NUMBER));
                v.receiving.number = v.serialNumber;
                v.sending.number = linked < 0 ? v.serialNumber : linked;
                yield v.serialNumber > v.maxSerialNumber || linked > v.maxSerialNumber ? Event.INVALID : Event.AR;
            }
            case PR ->
                switch ((int) spdu.number(Parameter.PREPARE_TYPE, 0)) {
                    case 1 -> Event.PR_MAA;
                    case 2 -> Event.PR_RS;
                    case 3 -> Event.PR_RA;
                    case 4 -> Event.PR_AB;
                    default -> Event.INVALID;
                };
            default -> Event.valueOf(spdu.type().name());
        };
    }

    private Event resynchronize(Spdu spdu) {
        v.setting = Proposal.ofAvailable(
                        new TokenSetting((int) spdu.number(Parameter.TOKEN_SETTING_ITEM, 0)), v.functionalUnits())
                .bits();
        for (Token token : Token.values()) {
            if (new TokenSetting(v.setting).side(token) == TokenSetting.Side.RESERVED) {
                return Event.INVALID;
            }
        }
        v.resync = kind(spdu, Parameter.RESYNC_TYPE);
        if (v.isSymmetric()) {
            v.receiving.asked = v.resync;
            v.sending.asked = kind(spdu, Parameter.SECOND_RESYNC_TYPE);
            boolean isWhole = v.sending.asked != Resync.NO && v.resync != Resync.NO;
            v.resync = isWhole ? Variables.ofBoth(v.sending.asked, v.receiving.asked) : Resync.NO;
        }
        return switch (v.resync) {
            case RESTART -> Event.RS_R;
            case ABANDON -> Event.RS_A;
            case SET -> Event.RS_S;
            default -> Event.INVALID;
        };
    }

    private static Resync kind(Spdu spdu, Parameter type) {
        int value = (int) spdu.number(type, -1);
        ResynchronizeType[] types = ResynchronizeType.values();
        return value >= 0 && value < types.length ? Numbering.kind(types[value]) : Resync.NO;
    }

    /** With symmetric synchronize both serial numbers must be there: note them. A later segment has none. */
    private boolean isComplete(long ofSending, long ofReceiving) {
        v.sending.number = ofSending;
        v.receiving.number = ofReceiving;
        return !v.isSymmetric() || ofSending >= 0 && ofReceiving >= 0;
    }

    /** Whether a RESYNCHRONIZE ACK puts each token where it was asked for, or on one side if it had the choice. */
    private boolean isPossibleAnswer(Spdu spdu) {
        TokenSetting asked = new TokenSetting(v.vrspSetting);
        TokenSetting answer = Proposal.ofAvailable(
                new TokenSetting((int) spdu.number(Parameter.TOKEN_SETTING_ITEM, undecided(asked))),
                v.functionalUnits());
        for (Token token : Token.values()) {
            TokenSetting.Side side = answer.side(token);
            boolean decided = side == TokenSetting.Side.INITIATOR || side == TokenSetting.Side.RESPONDER;
            boolean free = asked.side(token) == TokenSetting.Side.CALLED_USERS_CHOICE;
            if (!decided || !free && side != asked.side(token)) {
                return false;
            }
        }
        v.tokens = Variables.held(answer, v.units, v.isInitiator());
        return true;
    }

    /** The setting without the parameter: as it was asked for, and the rest at the initiator. */
    private static int undecided(TokenSetting asked) {
        TokenSetting setting = asked;
        for (Token token : Token.values()) {
            if (setting.side(token) == TokenSetting.Side.CALLED_USERS_CHOICE) {
                setting = setting.with(token, TokenSetting.Side.INITIATOR);
            }
        }
        return setting.bits();
    }

    /** Whether an SPDU begins an SSDU, or is a whole one. */
    static boolean isFirst(Spdu spdu) {
        return (spdu.number(Parameter.ENCLOSURE_ITEM, 3) & 1) != 0;
    }
}
