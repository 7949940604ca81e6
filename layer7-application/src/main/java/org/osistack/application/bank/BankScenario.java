package org.osistack.application.bank;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osistack.application.cut.Machine;
import org.osistack.application.cut.Outcome;
import org.osistack.application.cut.Rehearsal;
import org.osistack.application.cut.Scenario;
import org.osistack.application.cut.TwoHosts;
import org.osistack.application.store.Store;
import org.osistack.application.store.StoreException;
import org.osistack.core.Host;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;
import org.osistack.core.StackSpec;
import org.osistack.core.Timer;

/** The scenario {@code bank}: alice moves money between accounts at bob's bank. */
public final class BankScenario implements Scenario {
    private static final int DEFAULT_OPERATIONS = 10;
    private static final int MAX_OPERATIONS = 1000;
    private static final int LEAST_OPERATIONS = 3; // two accounts, and money on one of them
    private static final long FIRST_DEPOSIT = 100_000;
    /** How long alice takes to give an order again when she was told that there was no answer. */
    private static final long PAUSE_NANOS = 5_000_000_000L;
    /** How long she tries, and how long somebody who was killed is waited for. */
    private static final long TRYING_NANOS = 600_000_000_000L;

    @Override
    public String name() {
        return "bank";
    }

    @Override
    public String description() {
        return "alice opens two accounts at bob's bank and moves money between them";
    }

    @Override
    public String promise() {
        return "what alice was told is done is in bob's books once, and nothing else but the one order that she may not have"
                + " heard of; if the cut ends, all of it is done and she knows";
    }

    @Override
    public List<OptionSpec> parameters() {
        return List.of(new OptionSpec("operations", "NUMBER", "" + DEFAULT_OPERATIONS, "how many orders alice gives"));
    }

    @Override
    public String defaultDuration() {
        return "40s"; // TCP gives up, and reliable transfer goes on
    }

    @Override
    public Rehearsal rehearse(Options parameters, Path folder) {
        return new Day(parameters.integer("operations", DEFAULT_OPERATIONS, LEAST_OPERATIONS, MAX_OPERATIONS), folder);
    }

    /** An order, and what comes of it. */
    private record Step(
            BankOperation operation, String account, long amount, String to, String text, long balance, long sum) {}

    /** The orders of a day; the reference of each is found once in the books. */
    private static List<Step> script(int operations) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(BankOperation.OPEN, "giro", 0, "", "alice", 0, 0));
        steps.add(new Step(BankOperation.OPEN, "savings", 0, "", "alice", 0, 0));
        steps.add(new Step(BankOperation.DEPOSIT, "giro", FIRST_DEPOSIT, "", "order 3", FIRST_DEPOSIT, FIRST_DEPOSIT));
        long giro = FIRST_DEPOSIT;
        long savings = 0;
        for (int i = steps.size() + 1; i <= operations; i++) {
            String text = "order " + i;
            switch (i % 4) {
                case 0 -> {
                    giro -= 25;
                    savings += 25;
                    steps.add(new Step(BankOperation.TRANSFER, "giro", 25, "savings", text, giro, giro + savings));
                }
                case 1 -> {
                    giro -= 10;
                    steps.add(new Step(BankOperation.WITHDRAW, "giro", 10, "", text, giro, giro + savings));
                }
                case 2 -> {
                    savings -= 5;
                    giro += 5;
                    steps.add(new Step(BankOperation.TRANSFER, "savings", 5, "giro", text, savings, giro + savings));
                }
                default -> {
                    savings += 100;
                    steps.add(new Step(BankOperation.DEPOSIT, "savings", 100, "", text, savings, giro + savings));
                }
            }
        }
        return steps;
    }

    private static final class Day implements Rehearsal {
        private static final String BANK = TwoHosts.BOB;
        private static final Instant BEGINNING = Instant.parse("2026-06-01T08:00:00Z");

        private final List<Step> steps;
        private final Path folder;
        private final List<Answer> told = new ArrayList<>(); // to alice, who remembers
        private Accounts accounts; // null while bob is dead
        private Journal journal; // null before alice begins, and while she is dead
        private Host clock; // any that has begun
        private long tryingSince = -1;
        private long killedAt;
        private boolean aliceIsOver;
        private final Traffic alices = new Traffic();
        private final Traffic bobs = new Traffic();
        private int cuts;
        private String remark = "";

        Day(int operations, Path folder) {
            this.steps = script(operations);
            this.folder = folder;
        }

        @Override
        public StackSpec stack(String host) {
            return TwoHosts.isoOnTcp(host);
        }

        private static InstantSource clock(Host host) {
            return () -> BEGINNING.plusNanos(host.now());
        }

        @Override
        public void begin(Machine machine) {
            clock = machine.host();
            try {
                if (isBob(machine)) {
                    accounts = openAccounts();
                    BankServer.serve(
                            machine.environment(line -> {}, console -> {}), accounts, clock(machine.host()), bobs);
                } else {
                    journal = new Journal(
                            Store.open(folder.resolve("journal")),
                            machine.host().random());
                    new Alice(machine).begin();
                }
            } catch (StoreException e) {
                throw new IllegalStateException(e);
            }
        }

        private Accounts openAccounts() throws StoreException {
            return new Accounts(Store.open(folder.resolve("accounts")));
        }

        private static boolean isBob(Machine machine) {
            return machine.host().name().equals(TwoHosts.BOB);
        }

        @Override
        public void killed(Machine machine) {
            if (isBob(machine)) {
                if (accounts != null) {
                    accounts.close();
                }
                accounts = null;
                bobs.killed();
            } else {
                if (journal != null) {
                    journal.close();
                }
                journal = null;
                alices.killed();
                killedAt = machine.host().now();
            }
        }

        /** The person at alice's, and her process. She gives each order until she has been told what became of it. */
        private final class Alice implements BankClient.Listener {
            private final Machine machine;
            private final BankClient client;
            private final Timer pause;

            Alice(Machine machine) {
                this.machine = machine;
                this.client = new BankClient(
                        machine.host(),
                        machine.associations(),
                        clock(machine.host()),
                        machine.associations().parseAddress(TwoHosts.BOBS_ADDRESS),
                        journal,
                        BANK,
                        alices);
                this.pause = machine.host().newTimer(this::giveNext);
            }

            void begin() {
                if (told.size() == steps.size()) { // killed when all was done
                    aliceIsOver = true;
                } else {
                    giveNext();
                }
            }

            private void giveNext() {
                try {
                    Step step = steps.get(told.size());
                    Journal.Pending pending = journal.pending(BANK);
                    boolean isNew = pending == null
                            || !pending.isFor(step.operation, step.account, step.amount, step.to, step.text);
                    client.order(
                            isNew
                                    ? journal.write(BANK, step.operation, step.account, step.amount, step.to, step.text)
                                    : pending,
                            isNew,
                            this);
                } catch (StoreException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void answered(Answer answer) {
                told.add(answer);
                tryingSince = -1;
                if (told.size() < steps.size()) {
                    giveNext();
                } else {
                    client.close(() -> aliceIsOver = true);
                }
            }

            @Override
            public void gaveUp(String why, boolean isKept) {
                remark = "alice: " + why;
                long now = machine.host().now();
                tryingSince = tryingSince < 0 ? now : tryingSince;
                if (now - tryingSince < TRYING_NANOS) {
                    pause.arm(PAUSE_NANOS);
                } else {
                    client.close(() -> aliceIsOver = true);
                }
            }
        }

        @Override
        public void cutting() {
            cuts++;
            alices.cutting();
            bobs.cutting();
        }

        @Override
        public boolean isOver() {
            return aliceIsOver || clock != null && journal == null && clock.now() - killedAt > TRYING_NANOS;
        }

        @Override
        public Outcome outcome() {
            try (Accounts books = accounts == null ? openAccounts() : accounts) {
                return outcome(books);
            } catch (StoreException e) {
                throw new IllegalStateException(e);
            } finally {
                if (journal != null) {
                    journal.close();
                }
            }
        }

        private Outcome outcome(Accounts books) throws StoreException {
            int done = done(books);
            boolean equal = done >= told.size()
                    && done <= told.size() + 1
                    && books.sum() == (done == 0 ? 0 : steps.get(done - 1).sum)
                    && isToldAsDone();
            boolean all = told.size() == steps.size() && done == steps.size();
            return new Outcome(
                    aliceIsOver && all,
                    equal,
                    isOver() && equal,
                    alices.once() + bobs.once(),
                    alices.again() + bobs.again(),
                    alices.unconfirmed() + bobs.unconfirmed(),
                    Math.max(1, cuts) * (alices.longest() + bobs.longest()), // one operation is open at a time
                    twice(books),
                    all ? "" : told.size() + " of " + steps.size() + " orders answered, " + done + " done; " + remark);
        }

        private boolean isToldAsDone() {
            for (int i = 0; i < told.size(); i++) {
                Answer answer = told.get(i);
                if (answer.error() != null || answer.statement().balance() != steps.get(i).balance) {
                    return false;
                }
            }
            return true;
        }

        /** How many orders are in the books; -1 if these are not the first ones. */
        private int done(Accounts books) {
            Map<String, Integer> references = references(books);
            int done = 0;
            boolean isGap = false;
            for (Step step : steps) {
                boolean isDone = step.operation == BankOperation.OPEN
                        ? books.ask(step.account, 0).error() == null
                        : references.containsKey(step.text);
                if (isDone && isGap) {
                    return -1;
                }
                isGap = !isDone;
                done += isDone ? 1 : 0;
            }
            return done;
        }

        private static int twice(Accounts books) {
            return references(books).values().stream()
                    .mapToInt(times -> times - 1)
                    .sum();
        }

        /** How often each order is in the books; a transfer is in two accounts. */
        private static Map<String, Integer> references(Accounts books) {
            Map<String, Integer> references = new HashMap<>();
            for (String name : List.of("giro", "savings")) {
                Answer answer = books.ask(name, Integer.MAX_VALUE);
                if (answer.error() == null) {
                    for (Entry entry : answer.statement().entries()) {
                        boolean isOtherHalf = !entry.other().isEmpty() && entry.change() > 0;
                        if (!isOtherHalf) {
                            references.merge(entry.text(), 1, Integer::sum);
                        }
                    }
                }
            }
            return references;
        }
    }
}
