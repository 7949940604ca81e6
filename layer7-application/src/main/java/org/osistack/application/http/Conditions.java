package org.osistack.application.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The conditions under which a client wants a representation (RFC 9110 §13), held against the one that there is. */
final class Conditions {
    private final Fields fields;
    private final String entityTag; // strong
    private final Instant modified; // to the second, as Last-Modified says it

    Conditions(Fields fields, String entityTag, Instant modified) {
        this.fields = fields;
        this.entityTag = entityTag;
        this.modified = modified.truncatedTo(ChronoUnit.SECONDS);
    }

    /** What to answer instead of the representation; null if that is to be sent. In the order of RFC 9110 §13.2.2. */
    Status refusal() {
        String match = fields.get("if-match");
        if (match != null) {
            if (!hasTag(match, false)) {
                return Status.PRECONDITION_FAILED;
            }
        } else {
            Instant unmodifiedSince = date("if-unmodified-since");
            if (unmodifiedSince != null && modified.isAfter(unmodifiedSince)) {
                return Status.PRECONDITION_FAILED;
            }
        }
        String noneMatch = fields.get("if-none-match");
        if (noneMatch != null) {
            return hasTag(noneMatch, true) ? Status.NOT_MODIFIED : null;
        }
        Instant modifiedSince = date("if-modified-since");
        return modifiedSince != null && !modified.isAfter(modifiedSince) ? Status.NOT_MODIFIED : null;
    }

    /** Whether a range may be sent: the client's other parts are of this representation (If-Range). */
    boolean allowsRange() {
        String ifRange = fields.get("if-range");
        if (ifRange == null) {
            return true;
        }
        return ifRange.startsWith("\"") ? ifRange.equals(entityTag) : modified.equals(HttpDate.parse(ifRange));
    }

    private Instant date(String name) {
        String value = fields.get(name);
        return value == null ? null : HttpDate.parse(value);
    }

    /**
     * Whether the list has our tag.
     *
     * @param weakly whether a weak tag may match too (RFC 9110 §8.8.3.2)
     */
    private boolean hasTag(String list, boolean weakly) {
        if (list.strip().equals("*")) {
            return true;
        }
        for (String each : list.split(",")) { // our tags have no comma
            String tag = each.strip();
            if (tag.equals(entityTag)
                    || weakly && tag.startsWith("W/") && tag.substring(2).equals(entityTag)) {
                return true;
            }
        }
        return false;
    }
}
