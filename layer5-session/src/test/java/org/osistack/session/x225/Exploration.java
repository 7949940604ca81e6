package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.osistack.core.Host;
import org.osistack.core.Simulation;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;

/**
 * All that can become of two machines of ours, breadth first: from two machines in data transfer, every order in which so
 * many requests of each user, all answers, and all that is under way can happen. A state of the two that has been seen
 * is not gone into again. A state is reached from the first one by the moves that lead to it.
 */
final class Exploration {
    private final Host[] hosts;
    private final FunctionalUnits units;
    private final boolean expedited;
    private final int requests;
    private final TokenSetting tokens;

    private final Set<Key> seen = new HashSet<>();
    private final List<Node> nodes = new ArrayList<>();
    long transitions;
    long quiet;
    /** Whether every state within the bound was visited. */
    boolean isComplete;

    /** A state, told apart from others by 128 bits of it. */
    private record Key(long high, long low) {}

    /** How a state is reached: by a move from another one. */
    private record Node(Node before, int move, int askedFirst, int askedSecond) {
        int[] path() {
            int length = 0;
            for (Node node = this; node.before != null; node = node.before) {
                length++;
            }
            int[] path = new int[length];
            for (Node node = this; node.before != null; node = node.before) {
                path[--length] = node.move;
            }
            return path;
        }
    }

    Exploration(FunctionalUnits units, boolean expedited, TokenSetting tokens, int requests) {
        Simulation simulation = new Simulation(1);
        this.hosts = new Host[] {simulation.newHost("alice"), simulation.newHost("bob")};
        this.units = units;
        this.expedited = expedited;
        this.tokens = tokens;
        this.requests = requests;
    }

    int states() {
        return seen.size();
    }

    /** Visit states until there are no more, or there are so many. */
    void run(int mostStates) {
        Duo duo = new Duo(hosts, units, tokens, expedited);
        Snapshot start = duo.snapshot();
        Node root = new Node(null, -1, 0, 0);
        seen.add(key(duo, root));
        nodes.add(root);
        int next = 0;
        while (next < nodes.size() && seen.size() < mostStates) {
            start.restore();
            expand(duo, nodes.set(next++, null));
        }
        isComplete = next == nodes.size();
    }

    private void expand(Duo duo, Node node) {
        int[] path = node.path();
        for (int move : path) {
            Moves.make(duo, move);
        }
        List<Integer> moves = Moves.possible(duo, node.askedFirst < requests, node.askedSecond < requests);
        check(duo, path, moves);
        Snapshot here = duo.snapshot();
        for (int move : moves) {
            make(duo, path, move);
            transitions++;
            int requester = Moves.requester(move);
            Node after = new Node(
                    node,
                    move,
                    node.askedFirst + (requester == 0 ? 1 : 0),
                    node.askedSecond + (requester == 1 ? 1 : 0));
            if (seen.add(key(duo, after))) {
                nodes.add(after);
            }
            here.restore();
        }
    }

    private void make(Duo duo, int[] path, int move) {
        try {
            Moves.make(duo, move);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(story(path, move), e);
        }
        for (Duo.Party party : duo.parties) {
            if (party.abort != null) {
                throw new AssertionError("protocol error" + story(path, move));
            }
        }
    }

    // ---- what must hold in each state
    // -------------------------------------------------------------------------------------

    private void check(Duo duo, int[] path, List<Integer> moves) {
        String fault = Invariants.fault(duo, moves);
        if (fault != null) {
            throw new AssertionError(fault + story(path, -1));
        }
        if (duo.wire.underWay(0).isEmpty() && duo.wire.underWay(1).isEmpty()) {
            quiet++;
        }
    }

    /** The moves in words. */
    private String story(int[] path, int last) {
        StringBuilder story = new StringBuilder(" in " + units + (expedited ? ", expedited" : ""));
        Duo duo = new Duo(hosts, units, tokens, expedited);
        for (int move : path) {
            story.append('\n').append(Moves.text(duo, move));
            Moves.make(duo, move);
        }
        if (last >= 0) {
            story.append('\n').append(Moves.text(duo, last));
        }
        for (Duo.Party party : duo.parties) {
            story.append('\n').append(describe(party));
        }
        return story.toString();
    }

    // ---- states
    // -----------------------------------------------------------------------------------------------------------

    /** A walk at random, on which going back is compared with making all moves anew. */
    void walk(SplittableRandom random, int steps) {
        List<Integer> path = new ArrayList<>();
        try {
            walk(random, steps, path);
        } catch (AssertionError e) {
            throw new AssertionError(shortened(path), e);
        }
    }

    /** The shortest path to something wrong that comes of leaving moves out. */
    private String shortened(List<Integer> path) {
        List<Integer> shorter = path;
        String fault = fault(path);
        for (int at = shorter.size() - 1; at >= 0; at--) {
            List<Integer> without = new ArrayList<>(shorter);
            without.remove(at);
            String other = fault(without);
            if (other != null) {
                shorter = without;
                fault = other;
            }
        }
        return fault;
    }

    /** What goes wrong on a path; null if nothing does, or if it cannot be gone. */
    private String fault(List<Integer> path) {
        Duo duo = new Duo(hosts, units, tokens, expedited);
        int[] gone = new int[0];
        try {
            for (int move : path) {
                List<Integer> moves = Moves.possible(duo, true, true);
                check(duo, gone, moves);
                if (!moves.contains(move)) {
                    return null;
                }
                make(duo, gone, move);
                gone = Arrays.copyOf(gone, gone.length + 1);
                gone[gone.length - 1] = move;
            }
            check(duo, gone, Moves.possible(duo, true, true));
            return null;
        } catch (AssertionError e) {
            return e.getMessage();
        }
    }

    private void walk(SplittableRandom random, int steps, List<Integer> path) {
        Duo duo = new Duo(hosts, units, tokens, expedited);
        Snapshot start = duo.snapshot();
        for (int n = 0; n < steps; n++) {
            List<Integer> moves = Moves.possible(duo, true, true);
            check(duo, path.stream().mapToInt(Integer::intValue).toArray(), moves);
            if (moves.isEmpty()) {
                break;
            }
            int move = moves.get(random.nextInt(moves.size()));
            if (Moves.isEnd(move) && random.nextInt(50) != 0) {
                continue;
            }
            path.add(move);
            make(
                    duo,
                    path.stream()
                            .limit(path.size() - 1)
                            .mapToInt(Integer::intValue)
                            .toArray(),
                    move);
        }
        String there = describe(duo.parties[0]) + describe(duo.parties[1]);
        start.restore();
        path.forEach(move -> Moves.make(duo, move));
        Duo anew = new Duo(hosts, units, tokens, expedited);
        path.forEach(move -> Moves.make(anew, move));
        assertThat(describe(duo.parties[0]) + describe(duo.parties[1])).isEqualTo(there);
        assertThat(describe(anew.parties[0]) + describe(anew.parties[1])).isEqualTo(there);
        transitions += path.size();
    }

    private Key key(Duo duo, Node node) {
        StringBuilder text = new StringBuilder(200);
        text.append(node.askedFirst).append(' ').append(node.askedSecond);
        for (int side = 0; side < 2; side++) {
            text.append(describe(duo.parties[side]));
            for (Wire.Unit unit : duo.wire.underWay(side)) {
                text.append(unit.expedited() ? 'x' : 'n').append(unit.tsdu());
            }
        }
        long high = 0xcbf29ce484222325L;
        long low = 0x9e3779b97f4a7c15L;
        for (byte octet : text.toString().getBytes(StandardCharsets.UTF_8)) {
            high = (high ^ octet) * 0x100000001b3L;
            low = Long.rotateLeft(low * 0xff51afd7ed558ccdL + octet, 29);
        }
        return new Key(high, low);
    }

    private static String describe(Duo.Party party) {
        Variables v = party.v();
        StringBuilder text = new StringBuilder(100);
        text.append('|')
                .append(party.state())
                .append(party.isOver() ? 'o' : '-')
                .append(party.releases);
        text.append(' ').append(v.owned).append(flags(v));
        text.append(' ').append(v.vm).append(',').append(v.va).append(',').append(v.vr);
        text.append(' ').append(v.vado).append(',').append(v.vadi);
        text.append(' ').append(v.vrsp);
        if (v.vrsp != Variables.Resync.NO) {
            text.append(v.vrspOwn);
        }
        switch (v.vrsp) {
            case ABANDON, RESTART, SET -> text.append(v.vrspnb).append(' ').append(v.vrspSetting);
            default -> {}
        }
        if (v.isSymmetric()) {
            flow(text, v.sending);
            flow(text, v.receiving);
        }
        for (Arrival kept : party.machine.kept()) {
            text.append(kept.spdu().type()).append(kept.spdu().number(Parameter.PREPARE_TYPE, 0));
        }
        return text.toString();
    }

    private static int flags(Variables v) {
        int flags = 0;
        for (boolean flag :
                new boolean[] {v.vtrr, v.vcoll, v.vdnr, v.vact, v.vnextact, v.vsc, v.discardReceiving, v.discardSending
                }) {
            flags = flags << 1 | (flag ? 1 : 0);
        }
        return flags;
    }

    private static void flow(StringBuilder text, Variables.Flow flow) {
        text.append(" f").append(flow.next).append(',').append(flow.unconfirmed).append(',');
        text.append(flow.restart).append(flow.resync);
        if (flow.resync != Variables.Resync.NO) {
            text.append(flow.resyncNumber);
        }
    }
}
