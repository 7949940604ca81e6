package org.osistack.application.naming;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.osistack.application.naming.dns.DnsMessage;
import org.osistack.application.naming.dns.DnsName;
import org.osistack.application.naming.dns.DnsQuestion;
import org.osistack.application.naming.dns.DnsRecord;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Origin;
import org.osistack.core.Timer;
import org.osistack.presentation.PresentationAddress;

/**
 * Claims one name on the link, answers for it, and defends it (RFC 6762 §6, §8, §9).
 *
 * <pre>
 *               an address         3 probes, no conflict         announced twice
 *   NO_ADDRESS ------------> PROBING --------------------> ANNOUNCING ---------> CLAIMED
 *                            ^  |  ^                            |                   |
 *           another name     |  |  |   somebody else answers for the name           |
 *                            +--+  +----------------------------+-------------------+
 * </pre>
 */
final class NameClaim {
    enum State {
        NO_ADDRESS,
        PROBING,
        ANNOUNCING,
        CLAIMED,
        GIVEN_UP
    }

    static final int PROBES = 3; // RFC 6762 §8.1
    static final long PROBE_INTERVAL_NANOS = Duration.ofMillis(250).toNanos(); // §8.1
    static final int ANNOUNCEMENTS = 2; // §8.3
    static final long ANNOUNCE_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos(); // §8.3
    static final long HOST_TTL = 120; // seconds, §10
    static final long LEGACY_TTL = 10; // seconds, §6.7

    private static final long DEFER_NANOS = Duration.ofSeconds(1).toNanos(); // after a lost tie-break, §8.2
    private static final long MULTICAST_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos(); // §6
    private static final long PROBE_ANSWER_INTERVAL_NANOS =
            Duration.ofMillis(250).toNanos(); // §6
    private static final int CONFLICTS_BEFORE_SLOWING = 15; // §8.1
    private static final long SLOW_NANOS = Duration.ofSeconds(5).toNanos(); // §8.1

    private final Host host;
    private final Origin origin = new Origin(7, "MDNS");
    private final Consumer<DnsMessage> multicast;
    private final BiConsumer<PresentationAddress, DnsMessage> unicast;
    private final Timer timer;
    private final Timer answerTimer; // an answer that may not be multicast again so soon
    private final List<Runnable> waiting = new ArrayList<>();
    private final String wantedName;
    private String name;
    private int attempt = 1;
    private State state = State.NO_ADDRESS;
    private NetworkAddress address;
    private int sent; // probes or announcements
    private int conflicts;
    private long lastMulticast = Long.MIN_VALUE / 2;

    private DnsName domainName;
    private DnsRecord addressRecord;
    private DnsRecord reverseRecord; // from the address to the name, §4
    private DnsRecord nothingElse; // the name has no record but the address, §6.1

    NameClaim(
            Host host,
            String wantedName,
            Consumer<DnsMessage> multicast,
            BiConsumer<PresentationAddress, DnsMessage> unicast) {
        this.host = host;
        this.wantedName = wantedName;
        this.name = wantedName;
        this.multicast = multicast;
        this.unicast = unicast;
        this.timer = host.newTimer(this::onTimer);
        this.answerTimer = host.newTimer(this::multicastRecords);
    }

    String name() {
        return name;
    }

    /** The address that the name stands for; null unless the name is claimed. */
    NetworkAddress address() {
        return hasName() ? address : null;
    }

    State state() {
        return state;
    }

    void whenClaimed(Runnable task) {
        if (hasName()) {
            task.run();
        } else {
            waiting.add(task);
        }
    }

    private boolean hasName() {
        return state == State.ANNOUNCING || state == State.CLAIMED;
    }

    /** The host has this address from now on; null if it has none. */
    void addressIs(NetworkAddress newAddress) {
        if (state == State.GIVEN_UP || newAddress == null || newAddress.equals(address)) {
            if (newAddress == null && state != State.GIVEN_UP) {
                address = null;
                become(State.NO_ADDRESS, "address lost");
                timer.disarm();
                answerTimer.disarm();
            }
            return;
        }
        address = newAddress;
        probe("address " + newAddress, random(PROBE_INTERVAL_NANOS)); // §8.1: a random time first
    }

    private void probe(String cause, long delayNanos) {
        makeRecords();
        become(State.PROBING, cause);
        sent = 0;
        answerTimer.disarm();
        timer.arm(delayNanos);
    }

    private void makeRecords() {
        byte[] octets = Ipv4Text.octets(address.toString());
        domainName = DnsName.of(name + ".local");
        addressRecord = new DnsRecord(domainName, DnsRecord.A, true, HOST_TTL, Octets.of(octets));
        DnsName reverse = DnsName.of(Ipv4Text.reverseName(octets));
        reverseRecord = new DnsRecord(reverse, DnsRecord.PTR, true, HOST_TTL, domainName.encoded());
        // Next name: the name itself; window 0, one octet, the bit of type A (RFC 4034 §4.1.2).
        byte[] bitmap = {0, 1, 0x40};
        byte[] next = domainName.encoded().toByteArray();
        byte[] data = Arrays.copyOf(next, next.length + bitmap.length);
        System.arraycopy(bitmap, 0, data, next.length, bitmap.length);
        nothingElse = new DnsRecord(domainName, DnsRecord.NSEC, true, HOST_TTL, Octets.of(data));
    }

    private void onTimer() {
        switch (state) {
            case PROBING -> {
                if (sent == PROBES) {
                    sent = 0;
                    become(State.ANNOUNCING, "no conflict");
                    announce();
                    List<Runnable> tasks = List.copyOf(waiting);
                    waiting.clear();
                    tasks.forEach(Runnable::run);
                } else {
                    sent++;
                    timer.arm(PROBE_INTERVAL_NANOS);
                    multicast.accept(DnsMessage.query(
                            List.of(new DnsQuestion(domainName, DnsRecord.ANY, true)),
                            List.of(),
                            List.of(addressRecord.withCacheFlush(false)))); // §8.2, §10.2
                }
            }
            case ANNOUNCING -> announce();
            default -> {}
        }
    }

    private void announce() {
        sent++;
        if (sent == ANNOUNCEMENTS) {
            become(State.CLAIMED, "announced");
            conflicts = 0;
        } else {
            timer.arm(ANNOUNCE_INTERVAL_NANOS);
        }
        multicastRecords();
    }

    private void multicastRecords() {
        lastMulticast = host.now();
        answerTimer.disarm();
        multicast.accept(DnsMessage.response(List.of(addressRecord, reverseRecord), List.of(nothingElse)));
    }

    /** Say good-bye: records that hold no more (§10.1). */
    void giveUp() {
        timer.disarm();
        answerTimer.disarm();
        waiting.clear();
        boolean known = hasName();
        become(State.GIVEN_UP, "close");
        if (known) {
            multicast.accept(
                    DnsMessage.response(List.of(addressRecord.withTtl(0), reverseRecord.withTtl(0)), List.of()));
        }
    }

    void responseArrived(DnsMessage message) {
        if (state == State.NO_ADDRESS || state == State.GIVEN_UP) {
            return;
        }
        for (DnsRecord record : message.answers()) {
            if (contradicts(record)) {
                conflict();
                return;
            }
        }
        for (DnsRecord record : message.additionals()) {
            if (contradicts(record)) {
                conflict();
                return;
            }
        }
    }

    private boolean contradicts(DnsRecord record) {
        return record.type() == DnsRecord.A
                && record.ttl() > 0
                && record.name().equals(domainName)
                && !record.data().equals(addressRecord.data());
    }

    /** Somebody else has the name: take another while probing (§8.1), probe afresh if it was ours (§9). */
    private void conflict() {
        conflicts++;
        long delay = conflicts < CONFLICTS_BEFORE_SLOWING ? random(PROBE_INTERVAL_NANOS) : SLOW_NANOS;
        if (state == State.PROBING) {
            attempt++;
            String suffix = "-" + attempt;
            int keep = Math.min(wantedName.length(), DnsName.MAX_LABEL - suffix.length());
            name = wantedName.substring(0, keep) + suffix;
            probe("name taken", delay);
        } else {
            probe("conflict", delay);
        }
    }

    void queryArrived(PresentationAddress source, DnsMessage query) {
        if (state == State.PROBING) {
            breakTie(query);
        }
        if (!hasName()) {
            return;
        }
        List<DnsRecord> answers = new ArrayList<>(2);
        List<DnsQuestion> answered = new ArrayList<>(1);
        boolean unicastWanted = true;
        for (DnsQuestion question : query.questions()) {
            DnsRecord answer = answerTo(question);
            if (answer != null && !answers.contains(answer) && !isKnown(answer, query.answers())) {
                answers.add(answer);
                answered.add(question);
                unicastWanted &= question.unicastResponse();
            }
        }
        if (!answers.isEmpty()) {
            answer(source, query, answered, answers, unicastWanted);
        }
    }

    private DnsRecord answerTo(DnsQuestion question) {
        if (question.asksFor(domainName, DnsRecord.A)) {
            return addressRecord;
        }
        if (question.asksFor(reverseRecord.name(), DnsRecord.PTR)) {
            return reverseRecord;
        }
        return question.name().equals(domainName) ? nothingElse : null;
    }

    /** Known-answer suppression: the asker has it for at least half of its time (§7.1). */
    private static boolean isKnown(DnsRecord answer, List<DnsRecord> known) {
        for (DnsRecord record : known) {
            if (record.saysTheSameAs(answer) && record.ttl() >= answer.ttl() / 2) {
                return true;
            }
        }
        return false;
    }

    private void answer(
            PresentationAddress source,
            DnsMessage query,
            List<DnsQuestion> answered,
            List<DnsRecord> answers,
            boolean unicastWanted) {
        List<DnsRecord> additionals = answers.contains(addressRecord) ? List.of(nothingElse) : List.of();
        long sinceMulticast = host.now() - lastMulticast;
        if (source.port() != MulticastDns.PORT) { // a resolver of the unicast kind, §6.7
            List<DnsRecord> plain = answers.stream()
                    .map(r -> r.withTtl(LEGACY_TTL).withCacheFlush(false))
                    .toList();
            unicast.accept(
                    source,
                    DnsMessage.legacyResponse(
                            new DnsMessage(query.id(), 0, answered, List.of(), List.of(), List.of()),
                            plain,
                            List.of()));
        } else if (unicastWanted
                && sinceMulticast < Duration.ofSeconds(HOST_TTL / 4).toNanos()) { // §5.4
            unicast.accept(source, DnsMessage.response(answers, additionals));
        } else {
            boolean isProbe = !query.authorities().isEmpty();
            long interval = isProbe ? PROBE_ANSWER_INTERVAL_NANOS : MULTICAST_INTERVAL_NANOS;
            if (sinceMulticast < interval) {
                answerTimer.armNoLaterThan(interval - sinceMulticast);
            } else {
                lastMulticast = host.now();
                multicast.accept(DnsMessage.response(answers, additionals));
            }
        }
    }

    /** Two hosts probe for the same name at the same time: the lexicographically later data win (§8.2). */
    private void breakTie(DnsMessage query) {
        DnsRecord theirs = null;
        for (DnsRecord record : query.authorities()) {
            if (record.name().equals(domainName) && (theirs == null || record.type() < theirs.type())) {
                theirs = record;
            }
        }
        if (theirs == null) {
            return;
        }
        int order = Integer.compare(DnsRecord.A, theirs.type());
        if (order == 0) {
            order = Arrays.compareUnsigned(
                    addressRecord.data().toByteArray(), theirs.data().toByteArray());
        }
        if (order < 0) {
            host.observer().note(origin, "another host probes for " + domainName + " too, and goes first");
            probe("tie lost", DEFER_NANOS);
        }
    }

    private long random(long nanos) {
        return host.random().nextLong(nanos + 1);
    }

    private void become(State newState, String cause) {
        State old = state;
        state = newState;
        if (host.observer().isWatching() && old != newState) {
            host.observer().stateChanged(new Origin(7, "MDNS", name + ".local"), old.name(), newState.name(), cause);
        }
    }
}
