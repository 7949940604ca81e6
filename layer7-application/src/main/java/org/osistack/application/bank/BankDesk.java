package org.osistack.application.bank;

import org.osistack.application.rose.Code;
import org.osistack.application.rose.Operation;
import org.osistack.application.rose.Problem;
import org.osistack.application.rose.RoseConnection;
import org.osistack.application.rose.RoseListener;
import org.osistack.application.rose.RoseUser;
import org.osistack.core.Octets;

/** The bank's side of all associations: performs what clients invoke. */
final class BankDesk implements RoseListener {
    private static final int MAX_ASSOCIATIONS = 1000;

    private final Accounts accounts;
    private int associations;

    BankDesk(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public RoseUser bindIndication(RoseConnection connection, Octets argument) {
        if (associations == MAX_ASSOCIATIONS) {
            return null;
        }
        associations++;
        connection.bindResponse(Octets.EMPTY);
        return new Visitor(connection);
    }

    /** After a restart. What had been ordered is answered by the transfers that are gone on with. */
    @Override
    public RoseUser recoverIndication(RoseConnection connection) {
        if (associations == MAX_ASSOCIATIONS) {
            return null;
        }
        associations++;
        return new Visitor(connection);
    }

    /** One association. */
    private final class Visitor implements RoseUser {
        private final RoseConnection connection;

        Visitor(RoseConnection connection) {
            this.connection = connection;
        }

        @Override
        public Operation operation(Code code) {
            BankOperation operation = BankOperation.of(code);
            return operation == null ? null : operation.operation();
        }

        @Override
        public void invokeIndication(long invokeId, Long linkedId, Operation operation, Octets argument) {
            Answer answer = answer(BankOperation.of(operation.code()), argument);
            if (answer == null) {
                connection.reject(invokeId, Problem.MISTYPED_ARGUMENT);
            } else if (answer.error() == null) {
                connection.result(invokeId, answer.statement().emit());
            } else {
                connection.error(invokeId, answer.error().code(), answer.parameter());
            }
        }

        private Answer answer(BankOperation operation, Octets argument) {
            if (operation.isOrder()) {
                Order order = Order.parse(argument);
                return order == null ? null : accounts.perform(connection.peerUser(), operation, order);
            }
            Question question = Question.parse(argument);
            int last = question == null || operation == BankOperation.BALANCE ? 0 : question.last();
            return question == null ? null : accounts.ask(question.account(), last);
        }

        @Override
        public void unbindIndication(Octets argument) {
            connection.unbindResponse(Octets.EMPTY);
        }

        @Override
        public void ended(boolean orderly, String detail, Octets unbindResult) {
            associations--;
        }
    }
}
