package org.osistack.application.bank;

import org.osistack.application.rose.Code;
import org.osistack.application.rose.Operation;
import org.osistack.application.rose.Operation.OperationClass;

/**
 * The operations of the bank. All are of class 1 (X.219 §7.2): one at a time, with a result or an error.
 *
 * <pre>
 *   open      OPERATION  ARGUMENT Order     RESULT Statement  ::= 1   -- account, owner as text
 *   deposit   OPERATION  ARGUMENT Order     RESULT Statement  ::= 2   -- account, amount, reference as text
 *   withdraw  OPERATION  ARGUMENT Order     RESULT Statement  ::= 3   -- account, amount, reference as text
 *   transfer  OPERATION  ARGUMENT Order     RESULT Statement  ::= 4   -- account, to, amount, reference as text
 *   balance   OPERATION  ARGUMENT Question  RESULT Statement  ::= 5   -- no entries
 *   statement OPERATION  ARGUMENT Question  RESULT Statement  ::= 6   -- the last entries
 *
 *   Question ::= SEQUENCE { account UTF8String, last INTEGER (0..500) }
 * </pre>
 *
 * <p>Those that change accounts take an {@link Order}, which says by whom and the how-manieth it is; the others may be asked
 * again without harm. The errors are in {@link BankError}, each with a sentence as its parameter.
 */
enum BankOperation {
    OPEN("open"),
    DEPOSIT("deposit"),
    WITHDRAW("withdraw"),
    TRANSFER("transfer"),
    BALANCE("balance"),
    STATEMENT("statement");

    private static final BankOperation[] ALL = values();

    private final String text;
    private final Operation operation;

    BankOperation(String text) {
        this.text = text;
        this.operation = Operation.of(ordinal() + 1, OperationClass.SYNCHRONOUS).withErrors(BankError.codes());
    }

    /** As it is typed. */
    String text() {
        return text;
    }

    /** As ROSE knows it. */
    Operation operation() {
        return operation;
    }

    /** Whether it changes accounts, so that it must be done exactly once. */
    boolean isOrder() {
        return this.ordinal() <= TRANSFER.ordinal();
    }

    /** The operation with that code; null if there is none. */
    static BankOperation of(Code code) {
        return code.global() == null ? of(code.local()) : null;
    }

    /** The operation with that number; null if there is none. */
    static BankOperation of(long number) {
        return number >= 1 && number <= ALL.length ? ALL[(int) number - 1] : null;
    }
}
