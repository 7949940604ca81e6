package org.osistack.network.arp;

import static org.osistack.core.management.AddressManagement.State.ANNOUNCING;
import static org.osistack.core.management.AddressManagement.State.CONFLICT;
import static org.osistack.core.management.AddressManagement.State.IN_USE;
import static org.osistack.core.management.AddressManagement.State.PROBING;

import java.time.Duration;
import org.osistack.core.Host;
import org.osistack.core.Origin;
import org.osistack.core.Timer;
import org.osistack.core.management.AddressManagement.State;
import org.osistack.datalink.MacAddress;
import org.osistack.network.Ipv4Address;

/**
 * Claims an address on the link and defends it: IPv4 Address Conflict Detection (RFC 5227) for a configured address,
 * and the choice of a link-local one (RFC 3927).
 *
 * <pre>
 *             conflict: another address (link-local)
 *              +-----+
 *              |     v   no conflict                two announcements
 *   start --> PROBING ------------------> ANNOUNCING ---------------> IN_USE
 *              |  ^                             |                        |
 *     conflict |  +-----------------------------+------------------------+
 *              v       second conflict within DEFEND_INTERVAL (link-local)
 *          CONFLICT
 * </pre>
 *
 * <p>A configured address that isn't to be probed begins in ANNOUNCING. It is never given up: its first conflict in
 * DEFEND_INTERVAL is answered by one announcement, others are only reported (RFC 5227 §2.4 (c)). A link-local address
 * is defended once, and given up for another at a second conflict (RFC 3927 §2.5 (b)).
 */
final class AddressClaim {
    // RFC 3927 §9 and RFC 5227 §1.1
    static final long PROBE_WAIT = Duration.ofSeconds(1).toNanos();
    static final int PROBE_NUM = 3;
    static final long PROBE_MIN = Duration.ofSeconds(1).toNanos();
    static final long PROBE_MAX = Duration.ofSeconds(2).toNanos();
    static final long ANNOUNCE_WAIT = Duration.ofSeconds(2).toNanos();
    static final int ANNOUNCE_NUM = 2;
    static final long ANNOUNCE_INTERVAL = Duration.ofSeconds(2).toNanos();
    static final int MAX_CONFLICTS = 10;
    static final long RATE_LIMIT_INTERVAL = Duration.ofSeconds(60).toNanos();
    static final long DEFEND_INTERVAL = Duration.ofSeconds(10).toNanos();

    // RFC 3927 §2.1: from 169.254.1.0 to 169.254.254.255
    private static final int FIRST_LINK_LOCAL = 0xa9fe_0100;
    private static final int LINK_LOCALS = 254 * 256;

    private final Host host;
    private final ArpTransmitter transmitter;
    private final ArpUser user;
    private final Origin origin = new Origin(3, "ARP");
    private final Timer timer;
    private final boolean linkLocal;
    private final boolean probes;
    private int candidate;
    private State state;
    private boolean usable;
    private int sent;
    private int conflictsInARow;
    private long conflicts;
    private boolean defended;
    private long defendedAt;

    /**
     * A claim to an address.
     *
     * @param address the configured address; 0 to choose a link-local one
     * @param probes whether a configured address is probed before it is used
     */
    AddressClaim(Host host, ArpTransmitter transmitter, ArpUser user, int address, boolean probes) {
        this.host = host;
        this.transmitter = transmitter;
        this.user = user;
        this.linkLocal = address == 0;
        this.probes = probes || linkLocal;
        this.timer = host.newTimer(this::onTimer);
        this.candidate = linkLocal ? chosenAtRandom() : address;
        this.usable = !this.probes;
        this.state = usable ? ANNOUNCING : PROBING;
    }

    /** Begin in the next turn. */
    void start() {
        if (probes) {
            arm("PROBE_WAIT", host.random().nextLong(PROBE_WAIT), "RFC 5227 §2.1.1");
        } else {
            timer.arm(0);
        }
    }

    /** The address that may be used; 0 while there is none. */
    int address() {
        return usable ? candidate : 0;
    }

    State state() {
        return state;
    }

    long conflicts() {
        return conflicts;
    }

    /** A valid packet of another station has been heard. */
    void heard(int operation, MacAddress senderMac, int senderIp, int targetIp) {
        boolean uses = senderIp == candidate;
        boolean wants = operation == ArpHeader.REQUEST && senderIp == 0 && targetIp == candidate;
        if (state == PROBING && (uses || wants)) { // RFC 5227 §2.1.1
            lost(senderMac, uses ? "has it already" : "probes for it too");
        } else if (usable && uses) { // RFC 5227 §2.4
            challenged(senderMac);
        }
    }

    private void lost(MacAddress other, String how) {
        conflicts++;
        note(other + " " + how + ": " + Ipv4Address.of(candidate));
        timer.disarm();
        if (linkLocal) {
            chooseAnother();
        } else {
            enter(CONFLICT, false, "conflict");
        }
    }

    private void challenged(MacAddress other) {
        conflicts++;
        note(other + " uses our address " + Ipv4Address.of(candidate));
        long now = host.now();
        boolean again = defended && now - defendedAt < DEFEND_INTERVAL;
        if (!again) {
            defended = true;
            defendedAt = now;
            transmitter.announce(candidate);
        } else if (linkLocal) {
            defended = false;
            timer.disarm();
            chooseAnother();
        }
    }

    /** RFC 3927 §2.2.1: after MAX_CONFLICTS, no more than one new address in RATE_LIMIT_INTERVAL. */
    private void chooseAnother() {
        conflictsInARow++;
        candidate = chosenAtRandom();
        sent = 0;
        boolean slow = conflictsInARow > MAX_CONFLICTS;
        arm(
                slow ? "RATE_LIMIT_INTERVAL" : "PROBE_WAIT",
                (slow ? RATE_LIMIT_INTERVAL : 0) + host.random().nextLong(PROBE_WAIT),
                "RFC 3927 §2.2.1");
        enter(PROBING, false, "conflict");
    }

    private int chosenAtRandom() {
        return FIRST_LINK_LOCAL + host.random().nextInt(LINK_LOCALS);
    }

    /** The link has gone down: what is under way stops, and begins afresh when it comes up. */
    void linkDown() {
        timer.disarm();
    }

    /** The link has come up: others may have taken the address meanwhile (RFC 5227 §2.1, RFC 3927 §2.2). */
    void linkUp() {
        sent = 0;
        defended = false;
        start();
        enter(probes ? PROBING : ANNOUNCING, !probes, "link up");
    }

    private void onTimer() {
        if (state == PROBING && sent < PROBE_NUM) {
            sent++;
            transmitter.probe(candidate);
            if (sent < PROBE_NUM) {
                arm("PROBE", host.random().nextLong(PROBE_MIN, PROBE_MAX + 1), "RFC 5227 §2.1.1");
            } else {
                arm("ANNOUNCE_WAIT", ANNOUNCE_WAIT, "RFC 5227 §2.1.1");
            }
            return;
        }
        if (state == PROBING) {
            sent = 0;
        }
        announce();
    }

    private void announce() {
        sent++;
        boolean last = sent == ANNOUNCE_NUM;
        if (last) {
            conflictsInARow = 0;
        } else {
            arm("ANNOUNCE_INTERVAL", ANNOUNCE_INTERVAL, "RFC 5227 §2.3");
        }
        State before = state;
        int claimed = candidate;
        transmitter.announce(claimed);
        if (state == before && candidate == claimed) { // nobody objected before the call returned
            enter(last ? IN_USE : ANNOUNCING, true, last ? "announced" : "no conflict"); // §2.3: usable after the first
        }
    }

    private void enter(State newState, boolean nowUsable, String cause) {
        State old = state;
        boolean changed = newState != old || nowUsable != usable;
        state = newState;
        usable = nowUsable;
        if (changed) {
            host.observer().stateChanged(origin, old.name(), newState.name(), cause);
            user.addressChanged(newState, address());
        }
    }

    private void arm(String name, long nanos, String clause) {
        timer.arm(nanos);
        host.observer().timerArmed(origin, name, nanos, clause);
    }

    private void note(String text) {
        if (host.observer().isWatching()) {
            host.observer().note(origin, text);
        }
    }
}
