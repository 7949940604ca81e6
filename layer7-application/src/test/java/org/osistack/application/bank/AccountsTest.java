package org.osistack.application.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.MemoryFolder;
import org.osistack.application.store.Store;
import org.osistack.application.store.StoreException;
import org.osistack.core.Octets;

class AccountsTest {
    private static final Octets CLIENT = Octets.ofHex("000102030405060708090a0b0c0d0e0f");
    private static final Octets OTHER = Octets.ofHex("ff0102030405060708090a0b0c0d0e0f");

    @TempDir(factory = MemoryFolder.class)
    private Path folder;

    private Accounts accounts;
    private long number;

    @BeforeEach
    void open() throws StoreException {
        accounts = new Accounts(Store.open(folder.resolve("accounts")));
    }

    @AfterEach
    void close() {
        accounts.close();
    }

    private Answer order(BankOperation operation, String account, long amount, String to) {
        return accounts.perform("", operation, new Order(CLIENT, ++number, account, amount, to, "ref " + number));
    }

    private long balance(String account) {
        return accounts.ask(account, 0).statement().balance();
    }

    private void openTwo() {
        assertThat(order(BankOperation.OPEN, "giro", 0, "").error()).isNull();
        assertThat(order(BankOperation.OPEN, "savings", 0, "").error()).isNull();
        assertThat(order(BankOperation.DEPOSIT, "giro", 10_000, "").statement().balance())
                .isEqualTo(10_000);
    }

    @Test
    void movesMoneyAndKeepsALogOfIt() throws StoreException {
        openTwo();
        assertThat(order(BankOperation.TRANSFER, "giro", 1250, "savings")
                        .statement()
                        .balance())
                .isEqualTo(8750);
        assertThat(order(BankOperation.WITHDRAW, "savings", 250, "").statement().balance())
                .isEqualTo(1000);
        assertThat(accounts.sum()).isEqualTo(9750);
        assertThat(accounts.ask("savings", 10).statement().entries())
                .containsExactly(new Entry(1, 1250, 1250, "giro", "ref 4"), new Entry(2, -250, 1000, "", "ref 5"));
        assertThat(accounts.ask("savings", 1).statement().entries())
                .containsExactly(new Entry(2, -250, 1000, "", "ref 5"));
    }

    @Test
    void saysInASentenceWhyItDoesNotDoSomething() throws StoreException {
        openTwo();
        assertThat(order(BankOperation.OPEN, "giro", 0, ""))
                .isEqualTo(Answer.of(BankError.ACCOUNT_EXISTS, "there is an account giro already"));
        assertThat(order(BankOperation.WITHDRAW, "giro", 10_001, ""))
                .isEqualTo(Answer.of(BankError.INSUFFICIENT_FUNDS, "giro has 100.00, which is less than 100.01"));
        assertThat(order(BankOperation.DEPOSIT, "nobody", 1, ""))
                .isEqualTo(Answer.of(BankError.UNKNOWN_ACCOUNT, "there is no account nobody"));
        assertThat(order(BankOperation.TRANSFER, "giro", 1, "nobody").error()).isEqualTo(BankError.UNKNOWN_ACCOUNT);
        assertThat(order(BankOperation.TRANSFER, "giro", 1, "giro").error()).isEqualTo(BankError.BAD_AMOUNT);
        for (long amount : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, BankApplication.MAX_AMOUNT + 1}) {
            assertThat(order(BankOperation.DEPOSIT, "giro", amount, "").error()).isEqualTo(BankError.BAD_AMOUNT);
            assertThat(order(BankOperation.WITHDRAW, "giro", amount, "").error())
                    .isEqualTo(BankError.BAD_AMOUNT);
        }
        assertThat(order(BankOperation.DEPOSIT, "giro", BankApplication.MAX_AMOUNT, "")
                        .error())
                .isEqualTo(BankError.BAD_AMOUNT);
        assertThat(accounts.sum()).isEqualTo(10_000);
    }

    @Test
    void answersARepeatedOrderAsBeforeAndDoesItOnce() throws StoreException {
        openTwo();
        Order order = new Order(CLIENT, 4, "giro", 9_000, "", "rent");
        Answer first = accounts.perform("", BankOperation.WITHDRAW, order);
        assertThat(accounts.perform("", BankOperation.WITHDRAW, order)).isEqualTo(first);
        accounts.close();
        open();
        assertThat(accounts.perform("", BankOperation.WITHDRAW, order)).isEqualTo(first);
        assertThat(balance("giro")).isEqualTo(1_000);

        Order refused = new Order(CLIENT, 5, "giro", 5_000, "", "too much");
        Answer no = accounts.perform("", BankOperation.WITHDRAW, refused);
        assertThat(no.error()).isEqualTo(BankError.INSUFFICIENT_FUNDS);
        accounts.perform("", BankOperation.DEPOSIT, new Order(OTHER, 1, "giro", 50_000, "", "luck"));
        assertThat(accounts.perform("", BankOperation.WITHDRAW, refused)).isEqualTo(no);
        assertThat(accounts.perform("", BankOperation.WITHDRAW, order).error()).isEqualTo(BankError.STALE_REQUEST);
        assertThat(balance("giro")).isEqualTo(51_000);
    }

    @Test
    void aClientIsAnotherOneForAnotherUser() {
        Order order = new Order(CLIENT, 1, "giro", 0, "", "ann");
        assertThat(accounts.perform("ann", BankOperation.OPEN, order).error()).isNull();
        assertThat(accounts.perform("bob", BankOperation.OPEN, order).error()).isEqualTo(BankError.ACCOUNT_EXISTS);
    }

    @Test
    void theSumChangesByDepositsAndWithdrawalsAloneWhereverTheProcessEnds() throws StoreException {
        SplittableRandom random = new SplittableRandom(7);
        openTwo();
        long sum = 10_000;
        for (int i = 0; i < 300; i++) {
            BankOperation operation = BankOperation.of(2 + random.nextInt(3));
            String account = random.nextBoolean() ? "giro" : "savings";
            Order order = new Order(
                    CLIENT,
                    ++number,
                    account,
                    random.nextInt(-10, 3_000),
                    random.nextInt(3) == 0 ? "giro" : "savings",
                    "");
            Answer answer = accounts.perform("", operation, order);
            if (answer.error() == null && operation != BankOperation.TRANSFER) {
                sum += operation == BankOperation.DEPOSIT ? order.amount() : -order.amount();
            }
            if (random.nextInt(4) == 0) {
                accounts.close();
                open();
                assertThat(accounts.perform("", operation, order)).isEqualTo(answer);
            }
            assertThat(accounts.sum()).isEqualTo(sum);
            assertThat(balance("giro")).isNotNegative();
            assertThat(balance("savings")).isNotNegative();
        }
    }

    @Test
    void withoutItsBooksItSaysSoAndDoesNothing() throws StoreException {
        openTwo();
        accounts.close();
        Order order = new Order(CLIENT, 4, "giro", 1, "", "late");
        assertThat(accounts.perform("", BankOperation.DEPOSIT, order).error()).isEqualTo(BankError.UNAVAILABLE);
        assertThat(accounts.ask("giro", 1).error()).isEqualTo(BankError.UNAVAILABLE);
        open();
        assertThat(accounts.sum()).isEqualTo(10_000);
    }
}
