package org.osistack.application.acse;

import org.osistack.application.ApplicationContexts;
import org.osistack.application.security.AuthenticationValue;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.Tag;

/** Explains the APDUs of ACSE. */
public final class AcseDissector implements Dissector {
    private static final String CLAUSE = "X.227 §9.1";
    private static final String[] RESULTS = {"accepted", "rejected, permanent", "rejected, transient"};
    private static final String[] ABORT_SOURCES = {"service user", "service provider"};

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        BerReader in = new BerReader(pdu);
        int tag = in.tag();
        String name = name(tag);
        out.pdu("ACSE", name);
        if (tag >= AcseApdu.AARQ && tag <= AcseApdu.ABRT) {
            in.enter(tag);
            while (in.hasMore()) {
                parameter(name, in, out);
            }
        }
        summarize(pdu, out);
    }

    private static String name(int tag) {
        return switch (tag) {
            case AcseApdu.AARQ -> "AARQ";
            case AcseApdu.AARE -> "AARE";
            case AcseApdu.RLRQ -> "RLRQ";
            case AcseApdu.RLRE -> "RLRE";
            case AcseApdu.ABRT -> "ABRT";
            default -> "unknown";
        };
    }

    private static void summarize(Pdu pdu, Dissection out) {
        AcseApdu apdu = AcseApdu.parse(Octets.of(pdu));
        if (apdu instanceof AcseApdu.Aarq aarq) {
            AuthenticationValue claimed = aarq.authentication().claimed();
            out.summary("application context " + aarq.applicationContext()
                    + (claimed == null ? "" : ", authentication by " + mechanism(claimed.mechanism())));
        } else if (apdu instanceof AcseApdu.Aare aare) {
            String text = aare.diagnostic().text();
            out.summary(RESULTS[aare.result().ordinal()] + (text.isEmpty() ? "" : ": " + text));
        } else if (apdu instanceof AcseApdu.Release release) {
            out.summary(release.reason() < 0 ? "" : reason(release.tag(), release.reason()));
        } else if (apdu instanceof AcseApdu.Abrt abrt) {
            String text = abrt.diagnosticText();
            out.summary("by the " + ABORT_SOURCES[abrt.source().ordinal()] + (text.isEmpty() ? "" : ": " + text));
        } else {
            out.summary("not an APDU of ACSE");
        }
    }

    /** The name of a mechanism, for a person. */
    private static String mechanism(ObjectIdentifier mechanism) {
        if (mechanism == null) {
            return "no mechanism";
        }
        return mechanism.equals(AuthenticationValue.PASSWORD)
                ? "password"
                : ApplicationContexts.readable(mechanism.toString());
    }

    private static void parameter(String apdu, BerReader in, Dissection out) {
        int offset = in.offset();
        int length = in.length();
        int tag = in.tag();
        String name = parameterName(apdu, tag);
        BerReader value = new BerReader(in.element());
        if (in.isMalformed()) {
            return;
        }
        switch (name) {
            case "result" -> {
                int result = value.enter(tag).integer(Tag.INTEGER, 0, 2);
                out.field(name, offset, length, result, RESULTS[result], CLAUSE);
            }
            case "result-source-diagnostic" -> {
                Diagnostic diagnostic = Diagnostic.parse(value);
                String text = diagnostic.text();
                String source = diagnostic.isByUser() ? "service user" : "service provider";
                out.field(
                        name, offset, length, diagnostic.value(), source + (text.isEmpty() ? "" : ": " + text), CLAUSE);
            }
            case "reason" -> {
                int reason = value.integer(tag, 0, 127);
                int apduTag = apdu.equals("RLRQ") ? AcseApdu.RLRQ : AcseApdu.RLRE;
                out.field(name, offset, length, reason, reason(apduTag, reason), CLAUSE);
            }
            case "abort-source" -> {
                int source = value.integer(tag, 0, 1);
                out.field(name, offset, length, source, ABORT_SOURCES[source], CLAUSE);
            }
            case "user-information" -> {
                String text = External.parseList(value).size() + " values";
                out.field(name, offset, length, 0, text, CLAUSE);
            }
            case "mechanism-name" -> out.field(name, offset, length, 0, mechanism(value.objectIdentifier(tag)), CLAUSE);
            case "implementation-information" -> out.field(name, offset, length, 0, value.latinString(tag), CLAUSE);
            default -> out.field(name, offset, length, 0, text(value, tag), CLAUSE);
        }
    }

    private static String reason(int apduTag, int reason) {
        return switch (reason) {
            case 0 -> "normal";
            case 1 -> apduTag == AcseApdu.RLRQ ? "urgent" : "not finished";
            case 30 -> "user defined";
            default -> "reason " + reason;
        };
    }

    /** The value of a parameter whose tag is explicit, as a person reads it. */
    private static String text(BerReader value, int tag) {
        if (!Tag.isConstructed(tag)) {
            return "";
        }
        value.enter(tag);
        return switch (value.tag()) {
            case Tag.OBJECT_IDENTIFIER ->
                value.objectIdentifier(Tag.OBJECT_IDENTIFIER).toString();
            case Tag.INTEGER -> Long.toString(value.integer(Tag.INTEGER));
            default -> "";
        };
    }

    private static String parameterName(String apdu, int tag) {
        return switch (apdu) {
            case "AARQ" ->
                switch (tag) {
                    case 0x80 -> "protocol-version";
                    case 0xa1 -> "application-context-name";
                    case 0xa2 -> "called-AP-title";
                    case 0xa3 -> "called-AE-qualifier";
                    case 0xa4 -> "called-AP-invocation-identifier";
                    case 0xa5 -> "called-AE-invocation-identifier";
                    case 0xa6 -> "calling-AP-title";
                    case 0xa7 -> "calling-AE-qualifier";
                    case 0xa8 -> "calling-AP-invocation-identifier";
                    case 0xa9 -> "calling-AE-invocation-identifier";
                    case 0x8a -> "sender-acse-requirements";
                    case 0x8b -> "mechanism-name";
                    case 0xac -> "calling-authentication-value";
                    default -> common(tag);
                };
            case "AARE" ->
                switch (tag) {
                    case 0x80 -> "protocol-version";
                    case 0xa1 -> "application-context-name";
                    case 0xa2 -> "result";
                    case 0xa3 -> "result-source-diagnostic";
                    case 0xa4 -> "responding-AP-title";
                    case 0xa5 -> "responding-AE-qualifier";
                    case 0xa6 -> "responding-AP-invocation-identifier";
                    case 0xa7 -> "responding-AE-invocation-identifier";
                    case 0x88 -> "responder-acse-requirements";
                    case 0x89 -> "mechanism-name";
                    case 0xaa -> "responding-authentication-value";
                    default -> common(tag);
                };
            case "ABRT" ->
                switch (tag) {
                    case 0x80 -> "abort-source";
                    case 0x81 -> "abort-diagnostic";
                    default -> common(tag);
                };
            default -> tag == 0x80 ? "reason" : common(tag);
        };
    }

    private static String common(int tag) {
        return switch (tag) {
            case AcseApdu.IMPLEMENTATION_INFORMATION -> "implementation-information";
            case AcseApdu.USER_INFORMATION -> "user-information";
            default -> "unknown parameter " + Tag.name(tag);
        };
    }
}
