package org.osistack.application.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.net.Program;
import org.osistack.application.store.Store;
import org.osistack.application.store.StoreException;

/**
 * {@code kill -9} of the processes that give orders and that keep the books, at random instants. Whoever was killed is
 * started again: the bank as it was, the client with the same order if its answer is not on the screen, and sometimes with a
 * question before it. In the end each order is in the books once, and the balances are right.
 *
 * <p>{@code -Dosi.kills=50} kills so often, {@code -Dosi.kills.seed=…} at other instants.
 */
class BankKillIT {
    private static final Duration LONG = Duration.ofMinutes(7); // longer than the client's patience
    private static final int KILLS = Integer.getInteger("osi.kills", 6);
    private static final long SEED = Long.getLong("osi.kills.seed", 4);
    private static final long MOVED = 50; // cents

    @TempDir
    private Path folder;

    private final String medium = "segment:bank" + ProcessHandle.current().pid();
    private final SplittableRandom random = new SplittableRandom(SEED);
    private Program bob;
    private long lifeNanos; // of a client that nobody kills, on this machine; 0 while nobody is killed
    private int kills;
    private int clientKills;
    private int finished; // orders that a process before had given
    private int orders;
    private long giro; // cents
    private long savings;

    @AfterEach
    void endBob() {
        if (bob != null) {
            bob.close();
        }
    }

    @Test
    void eachOrderIsDoneOnceWhoeverIsKilled() throws StoreException {
        startBob();
        order("opened for alice: giro has 0.00", "open", "giro", "alice");
        long begin = System.nanoTime();
        order("opened for alice: savings has 0.00", "open", "savings", "alice");
        lifeNanos = System.nanoTime() - begin;
        do {
            orders++;
            String reference = "order " + orders;
            if (orders % 2 == 1) {
                giro += 100L * orders;
                order(orders + ".00 paid in: giro has " + money(giro), "deposit", "giro", orders + ".00", reference);
            } else {
                giro -= MOVED;
                savings += MOVED;
                order(
                        "0.50 moved to savings: giro has " + money(giro),
                        "transfer",
                        "giro",
                        "savings",
                        "0.50",
                        reference);
            }
        } while (kills < KILLS);

        String statement = ask("statement", "giro", "500");
        assertThat(statement).startsWith("giro of alice has " + money(giro));
        for (int i = 1; i <= orders; i++) {
            assertThat(statement.split("\\border " + i + "\\b", -1))
                    .as("order " + i + " in " + statement)
                    .hasSize(2);
        }
        assertThat(ask("balance", "savings")).startsWith("savings of alice has " + money(savings));
        bob.close();
        try (Store journal = Store.open(journal())) {
            assertThat(journal.map("pending").size()).isZero();
            assertThat(journal.map("transfers").size()).isZero();
            assertThat(journal.map("apdus").size()).isZero();
        }
        System.out.println("bank: " + kills + " kills, " + clientKills + " of the client; " + orders + " orders, "
                + finished + " of them finished by the next command");
    }

    /** Give an order until its answer is on the screen. */
    private void order(String answer, String... order) {
        boolean isTold = false;
        while (!isTold) {
            boolean isQuestion = clientKills > 0 && random.nextInt(4) == 0; // and finishes what is not answered
            try (Program alice = startAlice(isQuestion ? new String[] {"balance", "giro"} : order)) {
                if (lifeNanos > 0 && kills < KILLS) {
                    LockSupport.parkNanos(random.nextLong(lifeNanos));
                    killSomebody(alice);
                }
                alice.awaitEnd(LONG);
                isTold = alice.output().contains(answer);
                finished += isTold && alice.errors().contains("was not answered yet") ? 1 : 0;
                assertThat(alice.errors()).as(alice.toString()).doesNotContain("not done");
            }
        }
    }

    private void killSomebody(Program alice) {
        if (!alice.isRunning()) {
            return;
        }
        kills++;
        if (random.nextBoolean()) {
            clientKills++;
            alice.kill();
        } else {
            bob.kill();
            bob.close();
            startBob();
        }
    }

    private String ask(String... question) {
        try (Program alice = startAlice(question)) {
            assertThat(alice.awaitEnd(LONG)).as(alice.toString()).isZero();
            return alice.output();
        }
    }

    private static String money(long cents) {
        return String.format("%d.%02d", cents / 100, cents % 100);
    }

    private Path journal() {
        return folder.resolve("journal");
    }

    private Program startAlice(String... what) {
        String[] arguments = new String[what.length + 8];
        arguments[0] = "bank";
        arguments[1] = "10.0.0.2";
        System.arraycopy(what, 0, arguments, 2, what.length);
        String[] options = {"--journal", journal().toString(), "--l1", medium, "--l3", "ipv4:10.0.0.1/24"};
        System.arraycopy(options, 0, arguments, what.length + 2, options.length);
        return Osi.start(arguments);
    }

    private void startBob() {
        Path books = folder.resolve("books");
        bob = Osi.start(
                "serve",
                "bank=" + books,
                "--l1",
                medium,
                "--l3",
                "ipv4:10.0.0.2/24",
                "--store",
                folder.resolve("bob").toString());
        bob.await("ready: bob", LONG);
        assertThat(Files.exists(books)).isTrue();
    }
}
