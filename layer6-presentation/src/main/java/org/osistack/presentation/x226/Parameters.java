package org.osistack.presentation.x226;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.PresentationContext;
import org.osistack.presentation.PresentationRequirements;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.BitString;
import org.osistack.presentation.ber.Tag;

/** Parameters that several PPDUs have; those that are null are not written. */
final class Parameters {
    /** Protocol version 1, the only one there is. */
    static final BitString VERSION_1 = BitString.ofNamed(1, 1);
    /** The tag of the list of contexts in the CP PPDU. */
    static final int DEFINITION_LIST = 0xa4;
    /** The tag of the list of results in the CPA and CPR PPDUs. */
    static final int DEFINITION_RESULT_LIST = 0xa5;

    private static final int CONTEXT_MANAGEMENT = 1;
    private static final int RESTORATION = 2;
    private static final int SESSION_UNITS = 13;

    private Parameters() {}

    /** The presentation-requirements parameter, a bit a functional unit. */
    static BitString requirements(PresentationRequirements requirements) {
        return BitString.ofNamed(
                (requirements.contextManagement() ? CONTEXT_MANAGEMENT : 0)
                        | (requirements.contextRestoration() ? RESTORATION : 0),
                2);
    }

    /**
     * What a presentation-requirements parameter says.
     *
     * @param parameter null if absent, which means the kernel alone
     */
    static PresentationRequirements requirements(BitString parameter) {
        int bits = parameter == null ? 0 : parameter.named();
        boolean management = (bits & CONTEXT_MANAGEMENT) != 0;
        return new PresentationRequirements(management, management && (bits & RESTORATION) != 0);
    }

    /** The user-session-requirements parameter, a bit a functional unit. */
    static BitString sessionRequirements(FunctionalUnits units) {
        return BitString.ofNamed(units.bits(), SESSION_UNITS);
    }

    /** What a user-session-requirements parameter says; null if it is absent, so that the session service's own hold. */
    static FunctionalUnits sessionRequirements(BitString parameter) {
        return parameter == null ? null : new FunctionalUnits(parameter.named());
    }

    static void octets(BerWriter out, int tag, Octets value) {
        if (value != null) {
            out.octetString(tag, value);
        }
    }

    static void bits(BerWriter out, int tag, BitString value) {
        if (value != null) {
            out.bitString(tag, value);
        }
    }

    /** Read a list of definitions or additions: {@code tag L {30 L 02 id 06 abstract syntax 30 L {06 transfer syntax}}}. */
    static List<PresentationContext> contexts(BerReader reader, int tag) {
        List<PresentationContext> contexts = new ArrayList<>();
        reader.enter(tag);
        while (reader.hasMore()) {
            reader.enter(Tag.SEQUENCE);
            int id = reader.integer(Tag.INTEGER, 1, UserData.MAX_CONTEXT);
            ObjectIdentifier abstractSyntax = reader.objectIdentifier(Tag.OBJECT_IDENTIFIER);
            List<ObjectIdentifier> transferSyntaxes = new ArrayList<>();
            reader.enter(Tag.SEQUENCE);
            do {
                transferSyntaxes.add(reader.objectIdentifier(Tag.OBJECT_IDENTIFIER));
            } while (reader.hasMore());
            reader.leave();
            reader.leave();
            contexts.add(new PresentationContext(id, abstractSyntax, transferSyntaxes));
        }
        reader.leave();
        if (contexts.stream().mapToInt(PresentationContext::id).distinct().count() < contexts.size()) {
            reader.fail(); // two contexts cannot have the same identifier
        }
        return List.copyOf(contexts);
    }

    static void contexts(BerWriter out, int tag, List<PresentationContext> contexts) {
        if (contexts.isEmpty()) {
            return;
        }
        int listEnd = out.mark();
        for (int i = contexts.size() - 1; i >= 0; i--) {
            PresentationContext context = contexts.get(i);
            int end = out.mark();
            List<ObjectIdentifier> transferSyntaxes = context.transferSyntaxes();
            for (int j = transferSyntaxes.size() - 1; j >= 0; j--) {
                out.objectIdentifier(Tag.OBJECT_IDENTIFIER, transferSyntaxes.get(j));
            }
            out.wrap(Tag.SEQUENCE, end);
            out.objectIdentifier(Tag.OBJECT_IDENTIFIER, context.abstractSyntax());
            out.integer(Tag.INTEGER, context.id());
            out.wrap(Tag.SEQUENCE, end);
        }
        out.wrap(tag, listEnd);
    }

    /** An item of a presentation-context-identifier-list: a context, and how its values are written. */
    record Identifier(int context, ObjectIdentifier transferSyntax) {}

    /** Read a presentation-context-identifier-list: {@code A0 L {30 L 02 id 06 transfer syntax}}. */
    static List<Identifier> identifiers(BerReader reader) {
        List<Identifier> identifiers = new ArrayList<>();
        reader.enter(0xa0);
        while (reader.hasMore()) {
            reader.enter(Tag.SEQUENCE);
            identifiers.add(new Identifier(
                    reader.integer(Tag.INTEGER, 1, UserData.MAX_CONTEXT),
                    reader.objectIdentifier(Tag.OBJECT_IDENTIFIER)));
            reader.leave();
        }
        reader.leave();
        return List.copyOf(identifiers);
    }

    static void identifiers(BerWriter out, List<Identifier> identifiers) {
        int listEnd = out.mark();
        for (int i = identifiers.size() - 1; i >= 0; i--) {
            int end = out.mark();
            out.objectIdentifier(Tag.OBJECT_IDENTIFIER, identifiers.get(i).transferSyntax());
            out.integer(Tag.INTEGER, identifiers.get(i).context());
            out.wrap(Tag.SEQUENCE, end);
        }
        out.wrap(0xa0, listEnd);
    }

    /** Read a list of integers, such as the identifiers in a deletion list: {@code tag L {02 value}}. */
    static List<Integer> integers(BerReader reader, int tag, int min, int max) {
        List<Integer> values = new ArrayList<>();
        reader.enter(tag);
        while (reader.hasMore()) {
            values.add(reader.integer(Tag.INTEGER, min, max));
        }
        reader.leave();
        return List.copyOf(values);
    }

    static void integers(BerWriter out, int tag, List<Integer> values) {
        if (values.isEmpty()) {
            return;
        }
        int end = out.mark();
        for (int i = values.size() - 1; i >= 0; i--) {
            out.integer(Tag.INTEGER, values.get(i));
        }
        out.wrap(tag, end);
    }

    /** Read a result list: {@code tag L {30 L 80 result [81 transfer syntax] [82 reason]}}. */
    static List<ContextResult> results(BerReader reader, int tag) {
        List<ContextResult> results = new ArrayList<>();
        reader.enter(tag);
        while (reader.hasMore()) {
            reader.enter(Tag.SEQUENCE);
            int result = reader.integer(0x80, 0, 2);
            switch (result) {
                case 0 -> results.add(ContextResult.accepted(reader.objectIdentifier(0x81)));
                case 1 -> results.add(ContextResult.rejectedByUser());
                default -> {
                    ContextResult.Reason[] reasons = ContextResult.Reason.values();
                    int reason = reader.isAt(0x82) ? (int) reader.integer(0x82) : 0;
                    results.add(ContextResult.rejectedByProvider(
                            reason > 0 && reason < reasons.length ? reasons[reason] : reasons[0]));
                }
            }
            reader.leave();
        }
        reader.leave();
        return List.copyOf(results);
    }

    static void results(BerWriter out, int tag, List<ContextResult> results) {
        if (results.isEmpty()) {
            return;
        }
        int listEnd = out.mark();
        for (int i = results.size() - 1; i >= 0; i--) {
            ContextResult result = results.get(i);
            int end = out.mark();
            if (result.isAccepted()) {
                out.objectIdentifier(0x81, result.transferSyntax());
            } else if (result.result() == ContextResult.Result.PROVIDER_REJECTION) {
                out.integer(0x82, result.reason().ordinal());
            }
            out.integer(0x80, result.result().ordinal());
            out.wrap(Tag.SEQUENCE, end);
        }
        out.wrap(tag, listEnd);
    }
}
