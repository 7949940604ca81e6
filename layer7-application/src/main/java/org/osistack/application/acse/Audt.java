package org.osistack.application.acse;

import java.util.List;
import org.osistack.core.Octets;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.BitString;
import org.osistack.presentation.ber.Tag;

/**
 * The A-UNIT-DATA APDU (X.237 §9), the only APDU of connectionless ACSE. It looks like an AARQ, tag included; what tells
 * them apart is whether a unit or a connection brings them.
 *
 * <pre>
 *   60 L [80 protocol-version] A1 L 06 application-context-name
 *        [A2 called AP title] [A3 AE qualifier] [A4 AP invocation] [A5 AE invocation]
 *        [A6 calling AP title] [A7 AE qualifier] [A8 AP invocation] [A9 AE invocation]
 *        [9D implementation-information] BE user-information
 * </pre>
 *
 * <p>Parameters that are absent are null or empty. Authentication and p-context (X.237 bis) are skipped, and so is what
 * is not known.
 */
record Audt(
        BitString protocolVersion,
        ObjectIdentifier applicationContext,
        AeTitle called,
        AeTitle calling,
        String implementationInformation,
        List<External> userInformation) {
    static final int TAG = 0x60;
    static final int CALLED = 0xa2;
    static final int CALLING = 0xa6;

    private static final int PROTOCOL_VERSION = 0x80;
    private static final int APPLICATION_CONTEXT = 0xa1;

    static Audt of(ObjectIdentifier applicationContext, AeTitle calling, List<External> userInformation) {
        return new Audt(null, applicationContext, AeTitle.NONE, calling, null, userInformation);
    }

    /** Read an AUDT; null if it is none. */
    static Audt parse(Octets octets) {
        BerReader reader = new BerReader(octets);
        BitString version = null;
        ObjectIdentifier context = null;
        AeTitle called = AeTitle.NONE;
        AeTitle calling = AeTitle.NONE;
        String implementation = null;
        List<External> information = List.of();
        reader.enter(TAG);
        while (reader.hasMore()) {
            if (AeTitle.isAt(reader, CALLED)) {
                called = called.with(reader, CALLED);
            } else if (AeTitle.isAt(reader, CALLING)) {
                calling = calling.with(reader, CALLING);
            } else {
                switch (reader.tag()) {
                    case PROTOCOL_VERSION -> version = reader.bitString(PROTOCOL_VERSION);
                    case APPLICATION_CONTEXT -> {
                        reader.enter(APPLICATION_CONTEXT);
                        context = reader.objectIdentifier(Tag.OBJECT_IDENTIFIER);
                        reader.leave();
                    }
                    case AcseApdu.IMPLEMENTATION_INFORMATION ->
                        implementation = reader.latinString(AcseApdu.IMPLEMENTATION_INFORMATION);
                    case AcseApdu.USER_INFORMATION -> information = External.parseList(reader);
                    default -> reader.skip();
                }
            }
        }
        reader.leave().end();
        boolean isComplete = context != null && !information.isEmpty();
        return reader.isMalformed() || !isComplete
                ? null
                : new Audt(version, context, called, calling, implementation, information);
    }

    /** Whether it is of version 1, the only one there is; a sender that doesn't say speaks it. */
    boolean isVersion1() {
        return protocolVersion == null || protocolVersion.has(0);
    }

    Octets emit() {
        BerWriter out = new BerWriter();
        External.emitList(out, userInformation);
        if (implementationInformation != null) {
            out.asciiString(AcseApdu.IMPLEMENTATION_INFORMATION, implementationInformation);
        }
        calling.emit(out, CALLING);
        called.emit(out, CALLED);
        int end = out.mark();
        out.objectIdentifier(Tag.OBJECT_IDENTIFIER, applicationContext).wrap(APPLICATION_CONTEXT, end);
        if (protocolVersion != null) {
            out.bitString(PROTOCOL_VERSION, protocolVersion);
        }
        return out.wrap(TAG, 0).toOctets();
    }
}
