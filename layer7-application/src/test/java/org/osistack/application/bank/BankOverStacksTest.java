package org.osistack.application.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.application.ApplicationDissector;
import org.osistack.application.ApplicationProvider;
import org.osistack.application.AssociationService;
import org.osistack.application.Associations;
import org.osistack.application.MemoryFolder;
import org.osistack.application.cut.CutEverywhereCommand;
import org.osistack.application.cut.RunCommand;
import org.osistack.application.cut.TwoHosts;
import org.osistack.application.rose.ApduMeter;
import org.osistack.application.store.Store;
import org.osistack.application.store.StoreException;
import org.osistack.core.Host;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.presentation.PresentationService;
import picocli.CommandLine;

/** Client and bank over all seven layers, with their stores. */
class BankOverStacksTest {
    @TempDir(factory = MemoryFolder.class)
    private Path folder;

    private final Simulation simulation = new Simulation(5);

    /** A host with its stack. */
    private final class Node implements ApplicationProvider.Environment {
        final Host host;
        final Stack stack;
        final AssociationService associations;

        Node(String name) {
            host = simulation.newHost(name);
            stack = Stack.open(
                    host, TwoHosts.isoOnTcp(name), null, () -> new ApplicationDissector(new BankDissector()));
            associations = Associations.over(host, stack.service(PresentationService.class));
        }

        @Override
        public Host host() {
            return host;
        }

        @Override
        public AssociationService associations() {
            return associations;
        }

        @Override
        public PresentationService presentation() {
            return stack.service(PresentationService.class);
        }

        @Override
        public java.util.function.Consumer<String> log() {
            return line -> {};
        }

        @Override
        public void onLine(java.util.function.Consumer<String> listener) {}
    }

    private static final class Hearing implements BankClient.Listener {
        final List<String> heard = new ArrayList<>();
        Statement last;

        @Override
        public void answered(Answer answer) {
            last = answer.statement();
            heard.add(answer.error() == null ? "has " + last.balance() : answer.sentence());
        }

        @Override
        public void gaveUp(String why, boolean isKept) {
            heard.add((isKept ? "kept: " : "nothing: ") + why);
        }
    }

    private final Node alice = new Node(TwoHosts.ALICE);
    private final Node bob = new Node(TwoHosts.BOB);
    private final Hearing hearing = new Hearing();

    private BankClient client(Journal journal) {
        return new BankClient(
                alice.host,
                alice.associations,
                () -> Instant.ofEpochSecond(1_780_000_000L, simulation.now()),
                alice.associations.parseAddress(TwoHosts.BOBS_ADDRESS),
                journal,
                "bob",
                ApduMeter.NONE);
    }

    private Journal journal() throws StoreException {
        return new Journal(Store.open(folder.resolve("journal")), alice.host.random());
    }

    private void run(int seconds) {
        simulation.run(Duration.ofSeconds(seconds));
    }

    private void close() {
        alice.stack.close();
        bob.stack.close();
        run(600);
        assertThat(alice.host.pool().outstanding()).isZero();
        assertThat(bob.host.pool().outstanding()).isZero();
    }

    @Test
    void ordersAsksAndEndsTheAssociation() throws StoreException {
        Path books = folder.resolve("bank");
        new BankServer().serve(bob, books.toString());
        run(5);
        try (Journal journal = journal()) {
            BankClient client = client(journal);
            order(client, journal, BankOperation.OPEN, 0, "alice");
            order(client, journal, BankOperation.DEPOSIT, 1250, "salary");
            order(client, journal, BankOperation.WITHDRAW, 1300, "rent");
            client.ask(BankOperation.STATEMENT, new Question("giro", 10), hearing);
            run(5);
            assertThat(hearing.heard)
                    .containsExactly("has 0", "has 1250", "giro has 12.50, which is less than 13.00", "has 1250");
            assertThat(hearing.last)
                    .isEqualTo(new Statement("giro", "alice", 1250, List.of(new Entry(1, 1250, 1250, "", "salary"))));
            assertThat(journal.pending("bob")).isNull();
            boolean[] closed = {false};
            client.close(() -> closed[0] = true);
            run(5);
            assertThat(closed).containsExactly(true);
        }
        close();
    }

    private void order(BankClient client, Journal journal, BankOperation operation, long amount, String text)
            throws StoreException {
        client.order(journal.write("bob", operation, "giro", amount, "", text), true, hearing);
        run(5);
    }

    @Test
    void finishesAnOrderThatAProcessBeforeItHadGivenOnce() throws StoreException {
        Accounts accounts = new Accounts(Store.open(folder.resolve("books")));
        BankServer.serve(bob, accounts, () -> Instant.EPOCH, ApduMeter.NONE);
        run(5);
        try (Journal journal = journal()) {
            journal.write("bob", BankOperation.OPEN, "giro", 0, "", "alice");
            Journal.Pending deposit = journal.write("bob", BankOperation.DEPOSIT, "giro", 500, "", "once");
            accounts.perform("", BankOperation.OPEN, new Order(deposit.order().client(), 1, "giro", 0, "", "alice"));
            accounts.perform("", BankOperation.DEPOSIT, deposit.order()); // and the answer was lost
        }
        try (Journal journal = journal()) {
            Journal.Pending pending = journal.pending("bob");
            assertThat(pending.isFor(BankOperation.DEPOSIT, "giro", 500, "", "once"))
                    .isTrue();
            client(journal).order(pending, false, hearing);
            run(5);
            assertThat(hearing.heard).containsExactly("has 500");
            assertThat(accounts.sum()).isEqualTo(500);
            assertThat(journal.pending("bob")).isNull();
        }
        accounts.close();
        close();
    }

    @Test
    void anOrderThatWasNeverSentLeavesNoTrace() throws StoreException {
        run(5); // nobody serves
        try (Journal journal = journal()) {
            order(client(journal), journal, BankOperation.OPEN, 0, "alice");
            run(60);
            assertThat(hearing.heard).singleElement().asString().startsWith("nothing: ");
            assertThat(journal.pending("bob")).isNull();
        }
        close();
    }

    @Test
    void anOrderThatMayHaveBeenDoneIsKeptWhenTheBankIsNotToBeFound() throws StoreException {
        run(5);
        try (Journal journal = journal()) {
            Journal.Pending order = journal.write("bob", BankOperation.OPEN, "giro", 0, "", "alice");
            client(journal).order(order, false, hearing);
            run(600);
            assertThat(hearing.heard).singleElement().asString().startsWith("kept: ");
            assertThat(journal.pending("bob")).isEqualTo(order);
        }
        close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--kill",
                "--for good",
                "--kill --for good",
                "--after alice>GT+DT#5,for=40s",
                "--kill --after bob<GT+DT#3,for=3s,kill=alice",
                "--kill --for 3s --after alice>GT+DT#5,for=3s,kill=bob"
            })
    void eachOrderIsDoneOnceWhereverItIsCut(String how) {
        StringWriter out = new StringWriter();
        CommandLine line = new CommandLine(new CutEverywhereCommand());
        line.setOut(new PrintWriter(out));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        int code = line.execute(
                ("bank --every 151 --set operations=6 " + how).strip().split(" "));
        assertThat(code).as(out.toString()).isZero();
        String[] all = out.toString()
                .lines()
                .filter(text -> text.startsWith("  all "))
                .findFirst()
                .orElseThrow()
                .strip()
                .split(" +");
        assertThat(Integer.parseInt(all[1])).isGreaterThan(5);
        assertThat(out.toString()).contains("one window: in " + all[1] + " of " + all[1] + " runs");
        assertThat(all[all.length - 1]).as("seen twice").isEqualTo("0");
        if (!how.contains("good")) {
            assertThat(all[2]).as("completed").isEqualTo(all[1]);
        }
    }

    /** Points at which somebody is killed who, begun anew, finds the association in the log and goes on with it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob:RTSE.7-receiving#2,kill=bob,for=3s",
                "alice:RTSE.6-awaiting-the-end's-confirmation#3,kill=alice,for=3s"
            })
    void theAssociationIsGoneOnWithAfterARestart(String cut) {
        StringWriter out = new StringWriter();
        CommandLine line = new CommandLine(new RunCommand());
        line.setOut(new PrintWriter(out));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        int code = line.execute("bank", "--cut-at", cut, "--trace");

        assertThat(code).as(out.toString()).isZero();
        String afterwards = out.toString().split("begins anew", 2)[1];
        assertThat(afterwards).contains("RTSE resumes activity").contains("nothing twice");
    }
}
