package org.osistack.network.ipv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.management.Route;
import org.osistack.network.Ipv4Address;

class RoutingTableTest {
    private final RoutingTable table = new RoutingTable();

    @BeforeEach
    void connect() {
        add("10.0.0.0", 24, null);
    }

    @Test
    void sendsToANeighbourDirectlyAndNowhereWithoutARoute() {
        assertThat(nextHop("10.0.0.7")).isEqualTo("10.0.0.7");
        assertThat(nextHop("10.0.1.7")).isEqualTo("0.0.0.0");
        assertThat(table.isOnLink(bits("10.0.0.7"))).isTrue();
        assertThat(table.isOnLink(bits("10.0.1.7"))).isFalse();
    }

    @Test
    void prefersTheLongestPrefix() {
        add("0.0.0.0", 0, "10.0.0.254");
        add("172.16.0.0", 12, "10.0.0.1");
        add("172.16.5.0", 24, "10.0.0.2");
        add("172.16.5.9", 32, "10.0.0.3");
        assertThat(nextHop("8.8.8.8")).isEqualTo("10.0.0.254");
        assertThat(nextHop("172.31.255.255")).isEqualTo("10.0.0.1");
        assertThat(nextHop("172.16.5.8")).isEqualTo("10.0.0.2");
        assertThat(nextHop("172.16.5.9")).isEqualTo("10.0.0.3");
        assertThat(nextHop("10.0.0.9")).isEqualTo("10.0.0.9");
        assertThat(table.routes()).extracting(Route::prefixLength).containsExactly(32, 24, 24, 12, 0);
    }

    @Test
    void forgetsItsLastAnswerWhenARouteComesOrGoes() {
        add("0.0.0.0", 0, "10.0.0.254");
        assertThat(nextHop("8.8.8.8")).isEqualTo("10.0.0.254");
        add("8.0.0.0", 8, "10.0.0.1");
        assertThat(nextHop("8.8.8.8")).isEqualTo("10.0.0.1");
        assertThat(table.remove(bits("8.0.0.0"), 8)).isTrue();
        assertThat(table.remove(bits("8.0.0.0"), 8)).isFalse();
        assertThat(nextHop("8.8.8.8")).isEqualTo("10.0.0.254");
    }

    @Test
    void replacesTheRouteToTheSameRange() {
        add("8.0.0.0", 8, "10.0.0.1");
        add("8.0.0.0", 8, "10.0.0.2");
        assertThat(nextHop("8.8.8.8")).isEqualTo("10.0.0.2");
        assertThat(table.routes()).hasSize(2);
    }

    @Test
    void refusesARouteThatMakesNoSense() {
        assertThatThrownBy(() -> add("8.0.0.1", 8, "10.0.0.1"))
                .hasMessage("8.0.0.1/8 is no range: it has bits behind its prefix");
        assertThatThrownBy(() -> add("8.0.0.0", 33, "10.0.0.1")).hasMessage("a prefix has from 0 to 32 bits, not 33");
        assertThatThrownBy(() -> add("8.0.0.0", 8, "10.0.1.1")).hasMessage("the gateway 10.0.1.1 is not on the link");
        for (int i = 1; i < RoutingTable.MAX_ROUTES; i++) {
            add(Ipv4Address.of(0x14000000 + i).toString(), 32, "10.0.0.1");
        }
        assertThatThrownBy(() -> add("8.0.0.0", 8, "10.0.0.1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsTheSameAsASearchThroughAllRoutes() {
        Random random = new Random(5);
        record Line(int prefix, int length, int gateway) {}
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int length = 4 + random.nextInt(12);
            int prefix = (0x40000000 | random.nextInt() >>> 4) & Ipv4Interface.mask(length);
            int gateway = bits("10.0.0.0") + 1 + random.nextInt(250);
            lines.removeIf(line -> line.prefix() == prefix && line.length() == length);
            lines.add(new Line(prefix, length, gateway));
            table.add(prefix, length, gateway, Route.Origin.STATIC);
        }
        for (int i = 0; i < 20_000; i++) {
            int destination = 0x40000000 | random.nextInt() >>> 4;
            int expected = 0;
            int best = -1;
            for (Line line : lines) {
                if (line.length() > best && (destination & Ipv4Interface.mask(line.length())) == line.prefix()) {
                    best = line.length();
                    expected = line.gateway();
                }
            }
            assertThat(table.nextHop(destination)).isEqualTo(expected);
        }
    }

    private void add(String destination, int prefixLength, String gateway) {
        table.add(bits(destination), prefixLength, gateway == null ? 0 : bits(gateway), Route.Origin.STATIC);
    }

    private String nextHop(String destination) {
        return Ipv4Address.of(table.nextHop(bits(destination))).toString();
    }

    private static int bits(String address) {
        return Ipv4Address.parse(address).bits();
    }
}
