package org.osistack.application.naming;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.application.FakePresentation.Address;
import org.osistack.application.naming.dns.DnsMessage;
import org.osistack.application.naming.dns.DnsName;
import org.osistack.application.naming.dns.DnsQuestion;
import org.osistack.application.naming.dns.DnsRecord;
import org.osistack.core.Discard;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.management.AddressManagement;
import org.osistack.presentation.PresentationAddress;

class MulticastDnsTest {
    private static final PresentationAddress GROUP =
            new PresentationAddress(new Address(MulticastDns.GROUP), MulticastDns.PORT);

    private final Simulation simulation = new Simulation(6762);
    private final Link link = new Link();
    private final List<Host> hosts = new ArrayList<>();
    private final List<NetworkAddress> found = new ArrayList<>();

    /** A host that asks, and whose own queries the test writes. */
    private final Link.Station tester = link.station(host("tester"), "10.0.0.99");

    @AfterEach
    void leavesNothingBehind() {
        for (Host host : hosts) {
            assertThat(host.pool().outstanding()).isZero();
        }
    }

    private Host host(String name) {
        Host host = simulation.newHost(name);
        hosts.add(host);
        return host;
    }

    private MulticastDns open(String name, String address) {
        Host host = host(name + "@" + address);
        MulticastDns naming = new MulticastDns(host, link.station(host, address), name, Optional.empty());
        naming.start();
        return naming;
    }

    private MulticastDns claimed(String name, String address) {
        MulticastDns naming = open(name, address);
        run(5);
        link.passed.clear();
        return naming;
    }

    private void run(double seconds) {
        simulation.run(Duration.ofNanos((long) (seconds * 1e9)));
    }

    private List<DnsMessage> answersTo(int port, DnsMessage query) {
        List<DnsMessage> answers = new ArrayList<>();
        tester.attach(new PresentationAddress(null, port), (source, destination, value) -> {
            answers.add(DnsMessage.parse(value));
            value.release();
        });
        tester.unitDataRequest(
                new PresentationAddress(null, port),
                GROUP,
                MulticastDns.LIFETIME,
                query.emit(hosts.get(0).pool()));
        run(0.1);
        return answers;
    }

    private static DnsMessage query(String name, int type) {
        return DnsMessage.query(List.of(new DnsQuestion(DnsName.of(name), type, false)), List.of(), List.of());
    }

    private static DnsRecord address(String name, int last, long ttl) {
        return new DnsRecord(
                DnsName.of(name), DnsRecord.A, true, ttl, Octets.of((byte) 10, (byte) 0, (byte) 0, (byte) last));
    }

    @Test
    void probesThreeTimesThenAnnouncesTwice() {
        List<String> claimedNames = new ArrayList<>();
        MulticastDns bob = open("bob", "10.0.0.1");
        bob.whenClaimed(() -> claimedNames.add(bob.name()));
        run(0.74);
        assertThat(claimedNames).isEmpty();
        run(4);

        assertThat(link.passed).hasSize(5);
        assertThat(link.passed).allMatch(p -> p.destination().equals(GROUP) && p.lifetime() == 255);
        for (int i = 0; i < 3; i++) {
            assertThat(link.passed.get(i).message())
                    .isEqualTo(DnsMessage.query(
                            List.of(new DnsQuestion(DnsName.of("bob.local"), DnsRecord.ANY, true)),
                            List.of(),
                            List.of(address("bob.local", 1, 120).withCacheFlush(false))));
        }
        assertThat(link.passed.get(0).time()).isBetween(0L, 250_000_000L);
        assertThat(link.passed.get(1).time() - link.passed.get(0).time()).isEqualTo(250_000_000);
        assertThat(link.passed.get(3).time() - link.passed.get(2).time()).isEqualTo(250_000_000);
        assertThat(link.passed.get(4).time() - link.passed.get(3).time()).isEqualTo(1_000_000_000);
        DnsMessage announcement = link.passed.get(3).message();
        assertThat(announcement.isResponse()).isTrue();
        assertThat(announcement.answers()).contains(address("bob.local", 1, 120));
        assertThat(announcement.answers().get(1).name()).hasToString("1.0.0.10.in-addr.arpa");
        assertThat(link.passed.get(4).message()).isEqualTo(announcement);
        assertThat(claimedNames).containsExactly("bob");
    }

    @Test
    void findsAHostByItsNameWithOrWithoutTheDomain() {
        claimed("bob", "10.0.0.1");
        MulticastDns alice = claimed("alice", "10.0.0.2");

        for (String name : List.of("bob", "bob.local", "BOB.Local.", "Bob")) {
            alice.resolve(name, found::add);
            run(0.3);
        }

        assertThat(found)
                .containsExactly(
                        new Address("10.0.0.1"),
                        new Address("10.0.0.1"),
                        new Address("10.0.0.1"),
                        new Address("10.0.0.1"));
        assertThat(link.passed.stream().filter(p -> p.source().startsWith("alice")))
                .as("one question, and then the cache")
                .hasSize(1);
    }

    @Test
    void answersForItselfWithoutAsking() {
        MulticastDns alice = claimed("alice", "10.0.0.2");

        alice.resolve("alice.local", found::add);

        assertThat(found).containsExactly(new Address("10.0.0.2"));
        assertThat(link.passed).isEmpty();
    }

    @Test
    void asksThreeTimesAndThenGivesUp() {
        MulticastDns alice = claimed("alice", "10.0.0.2");

        alice.resolve("nobody", found::add);
        run(6.9);
        assertThat(found).isEmpty();
        run(0.5);

        assertThat(found).hasSize(1).containsOnlyNulls();
        assertThat(link.passed).hasSize(3);
        assertThat(link.passed.get(1).time() - link.passed.get(0).time()).isEqualTo(1_000_000_000);
        assertThat(link.passed.get(2).time() - link.passed.get(1).time()).isEqualTo(2_000_000_000);
    }

    @Test
    void doesNotAskForWhatCannotBeAName() {
        MulticastDns alice = claimed("alice", "10.0.0.2");

        for (String name : List.of("", "a.b", "www.example.com", "-x", "x".repeat(64), "a b")) {
            alice.resolve(name, found::add);
        }

        assertThat(found).hasSize(6).containsOnlyNulls();
        assertThat(link.passed).isEmpty();
    }

    @Test
    void takesAnotherNameIfSomebodyHasIt() {
        claimed("bob", "10.0.0.1");
        MulticastDns second = claimed("bob", "10.0.0.2");
        MulticastDns third = claimed("bob", "10.0.0.3");

        assertThat(second.name()).isEqualTo("bob-2");
        assertThat(third.name()).isEqualTo("bob-3");
        third.resolve("bob-2", found::add);
        third.resolve("bob", found::add);
        run(1);
        assertThat(found).containsExactlyInAnyOrder(new Address("10.0.0.1"), new Address("10.0.0.2"));
    }

    @Test
    void shortensALongNameToMakeRoomForANumber() {
        String name = "x".repeat(63);
        claimed(name, "10.0.0.1");

        assertThat(claimed(name, "10.0.0.2").name()).isEqualTo("x".repeat(61) + "-2");
    }

    @Test
    void agreesWhoHasTheNameIfBothBeginTogether() {
        for (int seed = 0; seed < 50; seed++) {
            MulticastDns first = open("n" + seed, "10.0." + seed + ".1");
            MulticastDns second = open("n" + seed, "10.0." + seed + ".2");
            run(10);

            assertThat(List.of(first.name(), second.name())).containsExactlyInAnyOrder("n" + seed, "n" + seed + "-2");
        }
    }

    @Test
    void findsOutThatTwoHaveTheNameWhenTheirLinksAreJoined() {
        link.reaches = (from, to) -> from.endsWith("1") == to.endsWith("1");
        MulticastDns first = open("bob", "10.0.0.1");
        MulticastDns second = open("bob", "10.0.0.2");
        run(5);
        assertThat(second.name()).isEqualTo(first.name()).isEqualTo("bob");

        link.reaches = (from, to) -> true;
        MulticastDns third = claimed("carol", "10.0.0.3");
        third.resolve("bob", found::add);
        run(10);

        assertThat(List.of(first.name(), second.name())).containsExactlyInAnyOrder("bob", "bob-2");
    }

    @Test
    void answersAQuestionOnce() {
        claimed("bob", "10.0.0.1");

        List<DnsMessage> answers = answersTo(MulticastDns.PORT, query("BOB.local", DnsRecord.A));

        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).questions()).isEmpty();
        assertThat(answers.get(0).answers()).containsExactly(address("bob.local", 1, 120));
        assertThat(answersTo(MulticastDns.PORT, query("carol.local", DnsRecord.A)))
                .isEmpty();
    }

    @Test
    void saysThatItHasNoOtherRecord() {
        claimed("bob", "10.0.0.1");

        List<DnsMessage> answers = answersTo(MulticastDns.PORT, query("bob.local", 28)); // AAAA

        assertThat(answers).hasSize(1);
        DnsRecord record = answers.get(0).answers().get(0);
        assertThat(record.type()).isEqualTo(DnsRecord.NSEC);
        assertThat(record.data()).isEqualTo(Octets.ofHex("03 62 6f 62 05 6c 6f 63 61 6c 00 00 01 40"));
    }

    @Test
    void tellsWhoseAnAddressIs() {
        claimed("bob", "10.0.0.1");

        List<DnsMessage> answers = answersTo(MulticastDns.PORT, query("1.0.0.10.in-addr.arpa", DnsRecord.PTR));

        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).answers().get(0).data())
                .isEqualTo(DnsName.of("bob.local").encoded());
    }

    @Test
    void keepsSilentIfTheAskerKnowsTheAnswer() {
        claimed("bob", "10.0.0.1");
        List<DnsQuestion> question = List.of(new DnsQuestion(DnsName.of("bob.local"), DnsRecord.A, false));

        assertThat(answersTo(
                        MulticastDns.PORT, DnsMessage.query(question, List.of(address("bob.local", 1, 60)), List.of())))
                .isEmpty();
        assertThat(answersTo(
                        MulticastDns.PORT, DnsMessage.query(question, List.of(address("bob.local", 1, 59)), List.of())))
                .as("it has forgotten more than half")
                .hasSize(1);
        run(1);
        assertThat(answersTo(
                        MulticastDns.PORT,
                        DnsMessage.query(question, List.of(address("bob.local", 7, 120)), List.of())))
                .as("it is wrong")
                .hasSize(1);
    }

    @Test
    void doesNotMulticastARecordTwiceInASecond() {
        claimed("bob", "10.0.0.1");

        assertThat(answersTo(MulticastDns.PORT, query("bob.local", DnsRecord.A)))
                .hasSize(1);
        assertThat(answersTo(MulticastDns.PORT, query("bob.local", DnsRecord.A)))
                .isEmpty();
        List<DnsMessage> later = answersTo(MulticastDns.PORT, query("bob.local", DnsRecord.A));
        run(1);
        assertThat(later).hasSize(1);
    }

    @Test
    void answersTheAskerAloneIfItWishesSoAndAllOthersHaveHeardLately() {
        claimed("bob", "10.0.0.1");
        DnsMessage query = DnsMessage.query(
                List.of(new DnsQuestion(DnsName.of("bob.local"), DnsRecord.A, true)), List.of(), List.of());

        assertThat(answersTo(MulticastDns.PORT, query)).hasSize(1);
        assertThat(link.passed.get(1).destination().host()).hasToString("10.0.0.99");
        run(60);
        assertThat(answersTo(MulticastDns.PORT, query)).hasSize(1);
        assertThat(link.passed.get(3).destination()).isEqualTo(GROUP);
    }

    @Test
    void answersAResolverOfTheUnicastKind() {
        claimed("bob", "10.0.0.1");
        DnsMessage query = new DnsMessage(
                0x1234,
                0x0100,
                List.of(new DnsQuestion(DnsName.of("bob.local"), DnsRecord.A, false)),
                List.of(),
                List.of(),
                List.of());

        List<DnsMessage> answers = answersTo(40000, query);

        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).id()).isEqualTo(0x1234);
        assertThat(answers.get(0).questions()).isEqualTo(query.questions());
        assertThat(answers.get(0).answers())
                .containsExactly(address("bob.local", 1, 10).withCacheFlush(false));
    }

    @Test
    void saysGoodByeAndIsForgotten() {
        MulticastDns bob = claimed("bob", "10.0.0.1");
        MulticastDns alice = claimed("alice", "10.0.0.2");
        alice.resolve("bob", found::add);
        run(1);
        link.passed.clear();

        bob.close();
        assertThat(link.passed).hasSize(1);
        assertThat(link.passed.get(0).message().answers())
                .allMatch(r -> r.ttl() == 0)
                .hasSize(2);
        run(2);
        alice.resolve("bob", found::add);
        run(10);

        assertThat(found).containsExactly(new Address("10.0.0.1"), null);
        assertThat(answersTo(MulticastDns.PORT, query("bob.local", DnsRecord.A)))
                .isEmpty();
    }

    @Test
    void forgetsWhatHasBecomeTooOld() {
        MulticastDns bob = claimed("bob", "10.0.0.1");
        MulticastDns alice = claimed("alice", "10.0.0.2");
        alice.resolve("bob", found::add);
        run(1);
        link.reaches = (from, to) -> false;
        run(121);

        alice.resolve("bob", found::add);
        run(10);

        assertThat(found).containsExactly(new Address("10.0.0.1"), null);
        assertThat(bob.name()).isEqualTo("bob");
    }

    @Test
    void remembersALimitedNumberOfNames() {
        MulticastDns alice = claimed("alice", "10.0.0.2");
        for (int i = 0; i < 10_000; i += 50) {
            List<DnsRecord> records = new ArrayList<>();
            for (int n = i; n < i + 50; n++) {
                records.add(address("host" + n + ".local", n % 200, 120));
            }
            tester.unitDataRequest(
                    new PresentationAddress(null, MulticastDns.PORT),
                    GROUP,
                    255,
                    DnsMessage.response(records, List.of()).emit(hosts.get(0).pool()));
        }
        run(1);
        link.passed.clear();

        alice.resolve("host9999", found::add);
        alice.resolve("host1", found::add);

        assertThat(found).containsExactly(new Address("10.0.0.199"));
        assertThat(alice.rememberedNames()).isEqualTo(NameResolver.CACHE_LIMIT);
    }

    @Test
    void doesNotBelieveResponsesFromAnotherPort() {
        MulticastDns alice = claimed("alice", "10.0.0.2");
        tester.unitDataRequest(
                new PresentationAddress(null, 4000),
                GROUP,
                255,
                DnsMessage.response(List.of(address("bob.local", 7, 120)), List.of())
                        .emit(hosts.get(0).pool()));
        run(0.1);

        alice.resolve("bob", found::add);

        assertThat(found).isEmpty();
        assertThat(hosts.get(1).discards(7, "MDNS").count(Discard.BAD_SOURCE)).isOne();
        run(10);
    }

    @Test
    void followsTheHostsAddress() {
        Host host = host("bob");
        Link.Station station = link.station(host, "10.0.0.1");
        List<AddressManagement.Watcher> watchers = new ArrayList<>();
        AddressManagement addresses = new FakeAddresses(watchers);
        MulticastDns bob = new MulticastDns(host, station, "bob", Optional.of(addresses));
        bob.start();
        run(5);
        assertThat(link.passed).as("no address, no name").isEmpty();

        watchers.get(0).addressChanged(AddressManagement.State.ANNOUNCING, new Address("10.0.0.1"));
        run(5);
        watchers.get(0).addressChanged(AddressManagement.State.IN_USE, new Address("10.0.0.1"));
        run(5);
        assertThat(link.passed).hasSize(5);

        watchers.get(0).addressChanged(AddressManagement.State.PROBING, null);
        assertThat(answersTo(MulticastDns.PORT, query("bob.local", DnsRecord.A)))
                .isEmpty();

        watchers.get(0).addressChanged(AddressManagement.State.IN_USE, new Address("10.0.0.7"));
        run(5);
        assertThat(answersTo(MulticastDns.PORT, query("bob.local", DnsRecord.A))
                        .get(0)
                        .answers())
                .containsExactly(address("bob.local", 7, 120));
    }

    private record FakeAddresses(List<Watcher> watchers) implements AddressManagement {
        @Override
        public NetworkAddress parseAddress(String text) {
            return new Address(text);
        }

        @Override
        public NetworkAddress address() {
            return null;
        }

        @Override
        public int prefixLength() {
            return 24;
        }

        @Override
        public State state() {
            return State.PROBING;
        }

        @Override
        public long conflicts() {
            return 0;
        }

        @Override
        public void watch(Watcher watcher) {
            watchers.add(watcher);
            watcher.addressChanged(State.PROBING, null);
        }
    }

    @Test
    void survivesAnything() {
        MulticastDns bob = claimed("bob", "10.0.0.1");
        Host host = hosts.get(1);
        SplittableRandom random = new SplittableRandom(11);
        Pdu pdu = DnsMessage.query(
                        List.of(new DnsQuestion(DnsName.of("bob.local"), DnsRecord.ANY, true)),
                        List.of(address("bob.local", 1, 120)),
                        List.of(address("bob.local", 2, 120)))
                .emit(hosts.get(0).pool());
        byte[] seed = pdu.toByteArray();
        pdu.release();
        for (int i = 0; i < 50_000; i++) {
            byte[] octets = seed.clone();
            for (int n = random.nextInt(4); n > 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            if (random.nextBoolean()) {
                octets[2] |= (byte) 0x84;
            }
            link.passed.clear();
            tester.unitDataRequest(
                    new PresentationAddress(null, random.nextInt(4) == 0 ? 5000 : MulticastDns.PORT),
                    GROUP,
                    255,
                    hosts.get(0).pool().take(octets.length).append(octets));
            run(0.01);
        }
        run(100);
        assertThat(bob.name()).startsWith("bob");
        assertThat(host.discards(7, "MDNS").total()).isPositive();
    }
}
