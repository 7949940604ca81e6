package org.osistack.application.rose;

import java.util.Set;

/**
 * An operation: what both sides must know of it (X.219 §9).
 *
 * @param code its name
 * @param operationClass which answers there are, and whether the next invocation has to wait for them
 * @param errors what it may be answered with; null for any
 * @param children the operations that its performer may invoke back before it answers; empty if it is no parent
 * @param priority of its invocation, and of the answer to it; 0 is the highest, and for ends
 */
public record Operation(Code code, OperationClass operationClass, Set<Code> errors, Set<Code> children, int priority) {
    /** Which answers an operation has (X.219 §7.2). */
    public enum OperationClass {
        /** Class 1: synchronous, a result or an error. */
        SYNCHRONOUS(true, true),
        /** Class 2: asynchronous, a result or an error. */
        ASYNCHRONOUS(true, true),
        /** Class 3: asynchronous, an error if there is one, no result. */
        ERRORS_ONLY(false, true),
        /** Class 4: asynchronous, a result, no error. */
        RESULTS_ONLY(true, false),
        /** Class 5: asynchronous, no answer. */
        UNANSWERED(false, false);

        private final boolean hasResult;
        private final boolean hasError;

        OperationClass(boolean hasResult, boolean hasError) {
            this.hasResult = hasResult;
            this.hasError = hasError;
        }

        /** Whether its success is answered. */
        public boolean hasResult() {
            return hasResult;
        }

        /** Whether its failure is answered. */
        public boolean hasError() {
            return hasError;
        }

        /** Whether there is an answer in any case. */
        boolean isConfirmed() {
            return hasResult && hasError;
        }
    }

    /** The usual priority. */
    public static final int USUAL_PRIORITY = 5;

    public Operation {
        errors = errors == null ? null : Set.copyOf(errors);
        children = Set.copyOf(children);
    }

    /** An operation that may be answered with any error, and has no children. */
    public static Operation of(long code, OperationClass operationClass) {
        return new Operation(Code.of(code), operationClass, null, Set.of(), USUAL_PRIORITY);
    }

    /** The same with these errors and no others. */
    public Operation withErrors(Code... newErrors) {
        return new Operation(code, operationClass, Set.of(newErrors), children, priority);
    }

    /** The same with these child operations. */
    public Operation withChildren(Code... newChildren) {
        return new Operation(code, operationClass, errors, Set.of(newChildren), priority);
    }

    /** The same with another priority. */
    public Operation withPriority(int newPriority) {
        return new Operation(code, operationClass, errors, children, newPriority);
    }
}
