package org.osistack.session.x225;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.osistack.core.Host;
import org.osistack.core.Simulation;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;

/**
 * All that can become of two machines of ours, breadth first: from two machines in data transfer, every order in which so
 * many requests of each user, all answers, and all that is under way can happen. A state of the two that has been seen
 * is not gone into again. A state is reached by making the moves that lead to it anew, on new machines.
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
        Duo start = new Duo(hosts, units, tokens, expedited);
        Node root = new Node(null, -1, 0, 0);
        seen.add(key(start, root));
        start.close();
        nodes.add(root);
        int next = 0;
        while (next < nodes.size() && seen.size() < mostStates) {
            Node node = nodes.set(next++, null);
            expand(node);
        }
        isComplete = next == nodes.size();
    }

    private void expand(Node node) {
        int[] path = node.path();
        Duo duo = replay(path);
        List<Integer> moves = Moves.possible(duo, node.askedFirst < requests, node.askedSecond < requests);
        check(duo, path, moves);
        for (int i = 0; i < moves.size(); i++) {
            if (i > 0) {
                duo = replay(path);
            }
            int move = moves.get(i);
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
            duo.close();
        }
    }

    private Duo replay(int[] path) {
        Duo duo = new Duo(hosts, units, tokens, expedited);
        for (int move : path) {
            Moves.make(duo, move);
        }
        return duo;
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
            text.append(v.vrspnb).append(v.vrspOwn).append(v.vrspSetting);
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

    /** Whether the token setting matters. */
    static boolean hasTokens(FunctionalUnits units) {
        return Variables.available(units.bits()) != 0 || units.has(FunctionalUnit.HALF_DUPLEX);
    }
}
