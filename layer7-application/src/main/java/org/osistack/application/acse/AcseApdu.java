package org.osistack.application.acse;

import java.util.List;
import org.osistack.core.Octets;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.BitString;
import org.osistack.presentation.ber.Tag;

/**
 * An APDU of ACSE (X.227 §9). Parameters that are absent are null, -1 or empty; those that are not known are skipped.
 */
sealed interface AcseApdu {
    int AARQ = 0x60;
    int AARE = 0x61;
    int RLRQ = 0x62;
    int RLRE = 0x63;
    int ABRT = 0x64;
    int USER_INFORMATION = 0xbe;
    int IMPLEMENTATION_INFORMATION = 0x9d;

    /** The whole encoding. */
    Octets emit();

    /** The APDU among the values of a presentation primitive; null if there is none in ACSE's context. */
    static AcseApdu in(List<Pdv> values, int acseContext) {
        for (Pdv value : values) {
            if (value.context() == acseContext) {
                return parse(value.value());
            }
        }
        return null;
    }

    /** Read an APDU; null if it is none of ACSE's. */
    static AcseApdu parse(Octets octets) {
        BerReader reader = new BerReader(octets);
        AcseApdu apdu = switch (reader.tag()) {
            case AARQ -> Aarq.parse(reader);
            case AARE -> Aare.parse(reader);
            case RLRQ -> Release.parse(reader);
            case RLRE -> Release.parse(reader);
            case ABRT -> Abrt.parse(reader);
            default -> null;
        };
        reader.end();
        return reader.isMalformed() ? null : apdu;
    }

    /**
     * A-ASSOCIATE request.
     *
     * <pre>
     *   60 L [80 protocol-version] A1 L 06 application-context-name
     *        [A2 called AP title] [A3 AE qualifier] [A4 AP invocation] [A5 AE invocation]
     *        [A6 calling AP title] [A7 AE qualifier] [A8 AP invocation] [A9 AE invocation]
     *        [8A sender-acse-requirements] [8B mechanism-name] [AC calling-authentication-value]
     *        [9D implementation-information] [BE user-information]
     * </pre>
     */
    record Aarq(
            BitString protocolVersion,
            ObjectIdentifier applicationContext,
            AeTitle called,
            AeTitle calling,
            Authentication authentication,
            String implementationInformation,
            List<External> userInformation)
            implements AcseApdu {
        private static final int CALLED = 0xa2;
        private static final int CALLING = 0xa6;
        private static final int AUTHENTICATION = 0x8a;

        static Aarq of(
                ObjectIdentifier applicationContext,
                AeTitle calling,
                Authentication authentication,
                List<External> userInformation) {
            return new Aarq(null, applicationContext, AeTitle.NONE, calling, authentication, null, userInformation);
        }

        private static Aarq parse(BerReader reader) {
            BitString version = null;
            ObjectIdentifier context = null;
            AeTitle called = AeTitle.NONE;
            AeTitle calling = AeTitle.NONE;
            Authentication authentication = Authentication.NONE;
            String implementation = null;
            List<External> information = List.of();
            reader.enter(AARQ);
            while (reader.hasMore()) {
                Authentication further;
                if (AeTitle.isAt(reader, CALLED)) {
                    called = called.with(reader, CALLED);
                } else if (AeTitle.isAt(reader, CALLING)) {
                    calling = calling.with(reader, CALLING);
                } else if ((further = authentication.with(reader, AUTHENTICATION)) != null) {
                    authentication = further;
                } else {
                    switch (reader.tag()) {
                        case 0x80 -> version = reader.bitString(0x80);
                        case 0xa1 -> context = AcseApdu.applicationContext(reader);
                        case IMPLEMENTATION_INFORMATION ->
                            implementation = reader.latinString(IMPLEMENTATION_INFORMATION);
                        case USER_INFORMATION -> information = External.parseList(reader);
                        default -> reader.skip();
                    }
                }
            }
            reader.leave();
            if (context == null) {
                reader.fail();
            }
            return new Aarq(version, context, called, calling, authentication, implementation, information);
        }

        @Override
        public Octets emit() {
            BerWriter out = new BerWriter();
            emitTrailing(out, userInformation, implementationInformation);
            authentication.emit(out, AUTHENTICATION);
            calling.emit(out, CALLING);
            called.emit(out, CALLED);
            emitLeading(out, applicationContext, protocolVersion);
            return out.wrap(AARQ, 0).toOctets();
        }
    }

    /**
     * A-ASSOCIATE response.
     *
     * <pre>
     *   61 L [80 protocol-version] A1 L 06 application-context-name
     *        A2 L 02 result   A3 L (A1 L 02 | A2 L 02) result-source-diagnostic
     *        [A4 responding AP title] [A5 AE qualifier] [A6 AP invocation] [A7 AE invocation]
     *        [88 responder-acse-requirements] [89 mechanism-name] [AA responding-authentication-value]
     *        [9D implementation-information] [BE user-information]
     * </pre>
     */
    record Aare(
            BitString protocolVersion,
            ObjectIdentifier applicationContext,
            Result result,
            Diagnostic diagnostic,
            AeTitle responding,
            Authentication authentication,
            String implementationInformation,
            List<External> userInformation)
            implements AcseApdu {
        private static final int RESPONDING = 0xa4;
        private static final int AUTHENTICATION = 0x88;

        static Aare of(
                ObjectIdentifier applicationContext,
                Result result,
                Diagnostic diagnostic,
                AeTitle responding,
                Authentication authentication,
                String implementationInformation,
                List<External> userInformation) {
            return new Aare(
                    null,
                    applicationContext,
                    result,
                    diagnostic,
                    responding,
                    authentication,
                    implementationInformation,
                    userInformation);
        }

        private static Aare parse(BerReader reader) {
            BitString version = null;
            ObjectIdentifier context = null;
            Result result = null;
            Diagnostic diagnostic = null;
            AeTitle responding = AeTitle.NONE;
            Authentication authentication = Authentication.NONE;
            String implementation = null;
            List<External> information = List.of();
            reader.enter(AARE);
            while (reader.hasMore()) {
                Authentication further;
                if (AeTitle.isAt(reader, RESPONDING)) {
                    responding = responding.with(reader, RESPONDING);
                } else if ((further = authentication.with(reader, AUTHENTICATION)) != null) {
                    authentication = further;
                } else {
                    switch (reader.tag()) {
                        case 0x80 -> version = reader.bitString(0x80);
                        case 0xa1 -> context = AcseApdu.applicationContext(reader);
                        case 0xa2 -> {
                            reader.enter(0xa2);
                            result = Result.values()[reader.integer(Tag.INTEGER, 0, 2)];
                            reader.leave();
                        }
                        case 0xa3 -> diagnostic = Diagnostic.parse(reader);
                        case IMPLEMENTATION_INFORMATION ->
                            implementation = reader.latinString(IMPLEMENTATION_INFORMATION);
                        case USER_INFORMATION -> information = External.parseList(reader);
                        default -> reader.skip();
                    }
                }
            }
            reader.leave();
            if (context == null || result == null || diagnostic == null) {
                reader.fail();
            }
            return new Aare(
                    version, context, result, diagnostic, responding, authentication, implementation, information);
        }

        @Override
        public Octets emit() {
            BerWriter out = new BerWriter();
            emitTrailing(out, userInformation, implementationInformation);
            authentication.emit(out, AUTHENTICATION);
            responding.emit(out, RESPONDING);
            diagnostic.emit(out);
            int end = out.mark();
            out.integer(Tag.INTEGER, result.ordinal()).wrap(0xa2, end);
            emitLeading(out, applicationContext, protocolVersion);
            return out.wrap(AARE, 0).toOctets();
        }
    }

    /** The result of an AARE; values as X.227 writes them. */
    enum Result {
        ACCEPTED,
        REJECTED_PERMANENT,
        REJECTED_TRANSIENT
    }

    /**
     * A-RELEASE request or response.
     *
     * <pre>
     *   62 L | 63 L   [80 reason] [BE user-information]
     * </pre>
     *
     * @param tag {@link #RLRQ} or {@link #RLRE}
     * @param reason 0 normal; 1 urgent, in a response: not finished; 30 user defined; -1 if absent
     */
    record Release(int tag, int reason, List<External> userInformation) implements AcseApdu {
        static final int NORMAL = 0;
        static final int NOT_FINISHED = 1;

        private static final int MAX_REASON = 127;

        static Release request(List<External> userInformation) {
            return new Release(RLRQ, NORMAL, userInformation);
        }

        static Release response(boolean affirmative, List<External> userInformation) {
            return new Release(RLRE, affirmative ? NORMAL : NOT_FINISHED, userInformation);
        }

        private static Release parse(BerReader reader) {
            int tag = reader.tag();
            int reason = -1;
            List<External> information = List.of();
            reader.enter(tag);
            while (reader.hasMore()) {
                switch (reader.tag()) {
                    case 0x80 -> reason = reader.integer(0x80, 0, MAX_REASON);
                    case USER_INFORMATION -> information = External.parseList(reader);
                    default -> reader.skip();
                }
            }
            reader.leave();
            return new Release(tag, reason, information);
        }

        @Override
        public Octets emit() {
            BerWriter out = new BerWriter();
            External.emitList(out, userInformation);
            if (reason >= 0) {
                out.integer(0x80, reason);
            }
            return out.wrap(tag, 0).toOctets();
        }
    }

    /**
     * A-ABORT.
     *
     * <pre>
     *   64 L  80 abort-source [81 abort-diagnostic] [BE user-information]
     * </pre>
     *
     * @param diagnostic with the authentication functional unit; -1 if absent
     */
    record Abrt(Source source, int diagnostic, List<External> userInformation) implements AcseApdu {
        static final int AUTHENTICATION_FAILURE = 5;

        private static final String[] DIAGNOSTICS = {
            "",
            "no reason given",
            "protocol error",
            "authentication mechanism not recognized",
            "authentication mechanism required",
            "authentication failure",
            "authentication required"
        };

        /** Who aborts; values as X.227 writes them. */
        enum Source {
            SERVICE_USER,
            SERVICE_PROVIDER
        }

        private static final int MAX_DIAGNOSTIC = 127;

        static Abrt by(Source source, List<External> userInformation) {
            return new Abrt(source, -1, userInformation);
        }

        /** The diagnostic for a person; empty if there is none. */
        String diagnosticText() {
            return diagnostic < 0 ? "" : diagnostic < DIAGNOSTICS.length ? DIAGNOSTICS[diagnostic] : "" + diagnostic;
        }

        static Abrt forAuthenticationFailure() {
            return new Abrt(Source.SERVICE_USER, AUTHENTICATION_FAILURE, List.of());
        }

        private static Abrt parse(BerReader reader) {
            Source source = null;
            int diagnostic = -1;
            List<External> information = List.of();
            reader.enter(ABRT);
            while (reader.hasMore()) {
                switch (reader.tag()) {
                    case 0x80 -> source = Source.values()[reader.integer(0x80, 0, 1)];
                    case 0x81 -> diagnostic = reader.integer(0x81, 0, MAX_DIAGNOSTIC);
                    case USER_INFORMATION -> information = External.parseList(reader);
                    default -> reader.skip();
                }
            }
            reader.leave();
            if (source == null) {
                reader.fail();
            }
            return new Abrt(source, diagnostic, information);
        }

        @Override
        public Octets emit() {
            BerWriter out = new BerWriter();
            External.emitList(out, userInformation);
            if (diagnostic >= 0) {
                out.integer(0x81, diagnostic);
            }
            out.integer(0x80, source.ordinal());
            return out.wrap(ABRT, 0).toOctets();
        }
    }

    private static ObjectIdentifier applicationContext(BerReader reader) {
        reader.enter(0xa1);
        ObjectIdentifier name = reader.objectIdentifier(Tag.OBJECT_IDENTIFIER);
        reader.leave();
        return name;
    }

    private static void emitLeading(BerWriter out, ObjectIdentifier applicationContext, BitString protocolVersion) {
        int end = out.mark();
        out.objectIdentifier(Tag.OBJECT_IDENTIFIER, applicationContext).wrap(0xa1, end);
        if (protocolVersion != null) {
            out.bitString(0x80, protocolVersion);
        }
    }

    private static void emitTrailing(BerWriter out, List<External> userInformation, String implementationInformation) {
        External.emitList(out, userInformation);
        if (implementationInformation != null) {
            out.asciiString(IMPLEMENTATION_INFORMATION, implementationInformation);
        }
    }
}
