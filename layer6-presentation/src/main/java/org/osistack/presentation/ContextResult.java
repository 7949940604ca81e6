package org.osistack.presentation;

/**
 * What became of a presentation context that was proposed.
 *
 * @param transferSyntax the one chosen; null unless accepted
 * @param reason null if accepted
 */
public record ContextResult(Result result, ObjectIdentifier transferSyntax, Reason reason) {
    /** Who decided, and how; values as X.226 writes them. */
    public enum Result {
        ACCEPTANCE,
        USER_REJECTION,
        PROVIDER_REJECTION
    }

    /** Why a context was rejected by the provider; values as X.226 writes them. */
    public enum Reason {
        NOT_SPECIFIED("no reason given"),
        ABSTRACT_SYNTAX_NOT_SUPPORTED("the abstract syntax is not supported"),
        TRANSFER_SYNTAXES_NOT_SUPPORTED("none of the transfer syntaxes is supported"),
        LOCAL_LIMIT("too many contexts");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    public static ContextResult accepted(ObjectIdentifier transferSyntax) {
        return new ContextResult(Result.ACCEPTANCE, transferSyntax, null);
    }

    public static ContextResult rejectedByUser() {
        return new ContextResult(Result.USER_REJECTION, null, Reason.NOT_SPECIFIED);
    }

    public static ContextResult rejectedByProvider(Reason reason) {
        return new ContextResult(Result.PROVIDER_REJECTION, null, reason);
    }

    public boolean isAccepted() {
        return result == Result.ACCEPTANCE;
    }
}
