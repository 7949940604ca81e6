package org.osistack.application.bank;

import java.util.Arrays;
import org.osistack.application.rose.Code;

/**
 * Why an operation was not done. The parameter is a sentence for a person.
 *
 * <pre>
 *   unknownAccount     ERROR PARAMETER UTF8String ::= 1
 *   insufficientFunds  ERROR PARAMETER UTF8String ::= 2
 *   accountExists      ERROR PARAMETER UTF8String ::= 3
 *   badAmount          ERROR PARAMETER UTF8String ::= 4
 *   staleRequest       ERROR PARAMETER UTF8String ::= 5   -- of this client the bank knows a later one
 *   bankFull           ERROR PARAMETER UTF8String ::= 6
 *   unavailable        ERROR PARAMETER UTF8String ::= 7   -- not done, and not remembered: it may be asked again
 * </pre>
 */
enum BankError {
    UNKNOWN_ACCOUNT,
    INSUFFICIENT_FUNDS,
    ACCOUNT_EXISTS,
    BAD_AMOUNT,
    STALE_REQUEST,
    BANK_FULL,
    UNAVAILABLE;

    private static final BankError[] ALL = values();

    /** As ROSE knows it. */
    Code code() {
        return Code.of(ordinal() + 1L);
    }

    static Code[] codes() {
        return Arrays.stream(ALL).map(BankError::code).toArray(Code[]::new);
    }

    /** The error with that code; null if there is none. */
    static BankError of(Code code) {
        return code.global() == null && code.local() >= 1 && code.local() <= ALL.length
                ? ALL[(int) code.local() - 1]
                : null;
    }
}
