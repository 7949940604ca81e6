package org.osistack.network.ipv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Host;
import org.osistack.core.LayerProviders;
import org.osistack.core.Options;
import org.osistack.core.Simulation;
import org.osistack.core.management.AddressManagement;
import org.osistack.network.Ipv4Address;
import org.osistack.network.NetworkService;
import org.osistack.network.RecordingLink;

class Ipv4ProviderTest {
    private final Host host = new Simulation(1).newHost("alice");
    private final Ipv4Provider provider = new Ipv4Provider();

    @Test
    void isFoundAmongTheModules() {
        assertThat(LayerProviders.load().get(3, "ipv4")).isInstanceOf(Ipv4Provider.class);
    }

    @Test
    void takesAddressGatewayAndMtu() {
        NetworkService ip = open("10.4.0.2/24", "gateway", "10.4.0.1", "mtu", "1000");
        Ipv4Address far = Ipv4Address.parse("8.8.8.8");
        assertThat(ip.sourceFor(far)).isEqualTo(Ipv4Address.parse("10.4.0.2"));
        assertThat(ip.maxSduLength(far)).isEqualTo(980);
    }

    @Test
    void choosesALinkLocalAddressWhenItIsGivenNone() {
        NetworkService ip = open(null);
        assertThat(((AddressManagement) ip).state()).isEqualTo(AddressManagement.State.PROBING);
        assertThat(ip.sourceFor(Ipv4Address.parse("169.254.1.1"))).isNull();
    }

    @Test
    void probesAConfiguredLinkLocalAddress() {
        assertThat(((AddressManagement) open("169.254.3.4/16")).state()).isEqualTo(AddressManagement.State.PROBING);
        assertThat(((AddressManagement) open("10.0.0.1/24", "probe", "on")).address())
                .isNull();
    }

    @Test
    void refusesWhatMakesNoSenseWithASentence() {
        refuses("ipv4: alice is not an IPv4 address, such as 10.0.0.1", "alice/24");
        refuses("lacks the length of the prefix", "10.0.0.1");
        refuses("lacks the length of the prefix", "10.0.0.1/33");
        refuses("lacks the length of the prefix", "10.0.0.1/0");
        for (String none : new String[] {"0.0.0.1/8", "127.0.0.1/8", "224.0.0.1/24", "10.0.0.0/24", "10.0.0.255/24"}) {
            refuses("ipv4: " + none + " is not the address of one host", none);
        }
        refuses("gateway=10.0.1.1 is not a neighbour of 10.0.0.1/24", "10.0.0.1/24", "gateway", "10.0.1.1");
        refuses("gateway=10.0.0.1 is not a neighbour", "10.0.0.1/24", "gateway", "10.0.0.1");
        refuses("ipv4: gateway=bob is not an IPv4 address", "10.0.0.1/24", "gateway", "bob");
        refuses("a gateway needs an address", null, "gateway", "10.0.1.1");
        refuses("mtu=1501", "10.0.0.1/24", "mtu", "1501");
        refuses("ttl=0", "10.0.0.1/24", "ttl", "0");
    }

    private void refuses(String sentence, String main, String... options) {
        assertThatThrownBy(() -> open(main, options))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(sentence);
    }

    private NetworkService open(String main, String... options) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            values.put(options[i], options[i + 1]);
        }
        return provider.open(host, new RecordingLink(host, 1500), new Options("ipv4", main, values));
    }
}
