package org.osistack.application.management;

import org.osistack.application.rose.Code;
import org.osistack.application.rose.Operation;
import org.osistack.application.rose.Operation.OperationClass;

/**
 * The operations of session management. All are of class 2 (X.219 §7.2): asynchronous, with a result or an error.
 *
 * <pre>
 *   list  OPERATION  ARGUMENT SessionQuery  RESULT SessionPage                    ::= 1
 *   end   OPERATION  ARGUMENT EndOrder      ERRORS { notEnded }                   ::= 2   -- its result has no value
 *
 *   notEnded  ERROR  PARAMETER UTF8String                                         ::= 1   -- why not, in a sentence
 * </pre>
 */
enum ManagementOperation {
    LIST(),
    END(Errors.NOT_ENDED);

    /** The error of {@link #END}. */
    static final Code NOT_ENDED = Errors.NOT_ENDED;

    /** What the constants above need before this class has others. */
    private static final class Errors {
        private static final Code NOT_ENDED = Code.of(1);
    }

    private final Operation operation;

    ManagementOperation(Code... errors) {
        this.operation =
                Operation.of(ordinal() + 1, OperationClass.ASYNCHRONOUS).withErrors(errors);
    }

    /** As ROSE knows it. */
    Operation operation() {
        return operation;
    }

    /** The operation with that code; null if there is none. */
    static ManagementOperation of(Code code) {
        for (ManagementOperation each : values()) {
            if (each.operation.code().equals(code)) {
                return each;
            }
        }
        return null;
    }
}
