package org.osistack.application.naming;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.osistack.application.naming.dns.DnsMessage;
import org.osistack.application.naming.dns.DnsName;
import org.osistack.application.naming.dns.DnsQuestion;
import org.osistack.application.naming.dns.DnsRecord;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Timer;

/** Asks the link for hosts by their names, and remembers what it hears (RFC 6762 §5.2, §10). */
final class NameResolver {
    static final int QUERIES = 3;
    static final int CACHE_LIMIT = 256;
    static final int ASKED_LIMIT = 64;
    static final long MAX_TTL = 4500; // seconds: 75 minutes, RFC 6762 §10

    private static final long FIRST_DELAY_MIN_NANOS = Duration.ofMillis(20).toNanos(); // §5.2
    private static final long FIRST_DELAY_MAX_NANOS = Duration.ofMillis(120).toNanos(); // §5.2
    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos(); // §5.2, doubled each time
    private static final long GOODBYE_SECONDS = 1; // §10.1

    private record Cached(NetworkAddress address, DnsRecord record, long expiry) {}

    private final class Asked {
        private final DnsName name;
        private final List<Consumer<NetworkAddress>> waiting = new ArrayList<>();
        private final Timer timer = host.newTimer(this::onTimer);
        private int queries;

        Asked(DnsName name) {
            this.name = name;
        }

        private void onTimer() {
            if (queries == QUERIES) {
                asked.remove(name);
                tell(null);
                return;
            }
            timer.arm(INTERVAL_NANOS << queries);
            queries++;
            multicast.accept(
                    DnsMessage.query(List.of(new DnsQuestion(name, DnsRecord.A, false)), List.of(), List.of()));
        }

        private void tell(NetworkAddress address) {
            timer.disarm();
            waiting.forEach(found -> found.accept(address));
        }
    }

    private final Host host;
    private final Consumer<DnsMessage> multicast;
    private final Function<String, NetworkAddress> parser;
    private final Map<DnsName, Asked> asked = new HashMap<>();
    private final LinkedHashMap<DnsName, Cached> cache = new LinkedHashMap<>(); // the oldest first

    NameResolver(Host host, Consumer<DnsMessage> multicast, Function<String, NetworkAddress> parser) {
        this.host = host;
        this.multicast = multicast;
        this.parser = parser;
    }

    void resolve(DnsName name, Consumer<NetworkAddress> found) {
        Cached cached = cache.get(name);
        if (cached != null && cached.expiry > host.now()) {
            found.accept(cached.address);
            return;
        }
        Asked question = asked.get(name);
        if (question == null) {
            if (asked.size() == ASKED_LIMIT) {
                found.accept(null);
                return;
            }
            question = new Asked(name);
            asked.put(name, question);
            question.timer.arm(host.random().nextLong(FIRST_DELAY_MIN_NANOS, FIRST_DELAY_MAX_NANOS + 1));
        }
        question.waiting.add(found);
    }

    void responseArrived(DnsMessage message) {
        message.answers().forEach(this::learn);
        message.additionals().forEach(this::learn);
    }

    private void learn(DnsRecord record) {
        if (record.type() != DnsRecord.A || !Ipv4Text.isHostAddress(record.data())) {
            return;
        }
        DnsName name = record.name();
        Cached known = cache.get(name);
        if (record.ttl() == 0) {
            if (known != null && known.record.data().equals(record.data())) {
                cache.put(name, new Cached(known.address, known.record, host.now() + seconds(GOODBYE_SECONDS)));
            }
            return;
        }
        NetworkAddress address;
        try {
            address = parser.apply(Ipv4Text.text(record.data()));
        } catch (IllegalArgumentException e) {
            return; // the network below has addresses of another form, so this one is of no use here
        }
        cache.remove(name);
        if (cache.size() == CACHE_LIMIT) {
            cache.remove(cache.keySet().iterator().next());
        }
        cache.put(name, new Cached(address, record, host.now() + seconds(Math.min(record.ttl(), MAX_TTL))));
        Asked question = asked.remove(name);
        if (question != null) {
            question.tell(address);
        }
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    int cacheSize() {
        return cache.size();
    }

    /** Ask no more; whoever waits is told that nobody answers. */
    void close() {
        List<Asked> questions = List.copyOf(asked.values());
        asked.clear();
        questions.forEach(question -> question.tell(null));
    }
}
