package org.osistack.application.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;

/** Who wrote each octet of a PDU, first octet first. Immutable. */
final class Owners {
    static final Owners NONE = new Owners(List.of());

    /** Octets in a row that one layer wrote. */
    record Run(Owner owner, int length) {}

    private final List<Run> runs;
    private final int length;

    private Owners(List<Run> runs) {
        this.runs = List.copyOf(runs);
        this.length = runs.stream().mapToInt(Run::length).sum();
    }

    /** All octets are one owner's. */
    static Owners of(Owner owner, int length) {
        return length == 0 ? NONE : new Owners(List.of(new Run(owner, length)));
    }

    int length() {
        return length;
    }

    List<Run> runs() {
        return runs;
    }

    /** These octets, and behind them others. */
    Owners and(Owners others) {
        if (runs.isEmpty()) {
            return others;
        }
        if (others.runs.isEmpty()) {
            return this;
        }
        List<Run> both = new ArrayList<>(runs);
        Run last = both.get(both.size() - 1);
        Run next = others.runs.get(0);
        if (last.owner.equals(next.owner)) {
            both.set(both.size() - 1, new Run(last.owner, last.length + next.length));
            both.addAll(others.runs.subList(1, others.runs.size()));
        } else {
            both.addAll(others.runs);
        }
        return new Owners(both);
    }

    /** The octets from one place up to, and without, another. */
    Owners slice(int from, int to) {
        if (from == 0 && to == length) {
            return this;
        }
        List<Run> cut = new ArrayList<>();
        int at = 0;
        for (Run run : runs) {
            int begin = Math.max(from, at);
            int end = Math.min(to, at + run.length);
            if (begin < end) {
                cut.add(new Run(run.owner, end - begin));
            }
            at += run.length;
        }
        return new Owners(cut);
    }

    /** Tell how many octets each owner has, an owner more than once if its octets are not in a row. */
    void forEach(ObjIntConsumer<Owner> action) {
        runs.forEach(run -> action.accept(run.owner, run.length));
    }

    /** How many octets are the user's own. */
    int userLength() {
        return runs.stream()
                .filter(run -> run.owner.layer() == Owner.USER)
                .mapToInt(Run::length)
                .sum();
    }
}
