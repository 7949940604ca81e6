package org.osistack.datalink.ethernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Host;
import org.osistack.core.LayerProviders;
import org.osistack.core.Medium;
import org.osistack.core.Options;
import org.osistack.core.Simulation;
import org.osistack.datalink.MacAddress;

class EthernetProviderTest {
    private final EthernetProvider provider = new EthernetProvider();
    private final Host host = new Simulation(1).newHost("alice");
    private final RecordingPhysical physical =
            new RecordingPhysical(host.pool(), new Medium("eth0", 1500, false, true, 1514));

    @Test
    void isFoundAmongTheModules() {
        assertThat(LayerProviders.load().get(2, "ethernet")).isInstanceOf(EthernetProvider.class);
    }

    @Test
    void takesTheAddressThatItIsGiven() {
        assertThat(open("02:00:00:00:00:07")).isEqualTo(MacAddress.of(0x020000000007L));
    }

    @Test
    void makesUpALocallyAdministeredAddressOtherwise() {
        MacAddress first = open(null);
        MacAddress second = open(null);
        assertThat(first.toString()).startsWith("02:");
        assertThat(second.toString()).startsWith("02:");
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void takesTheAddressOfTheInterfaceWhenAsked() {
        physical.hardwareAddress = 0x525400123456L;
        assertThat(open("interface")).isEqualTo(MacAddress.parse("52:54:00:12:34:56"));
    }

    @Test
    void refusesAnAddressThatNoStationCanHave() {
        assertThatThrownBy(() -> open("interface"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("ethernet: mac=interface, and eth0 has no address of its own");
        assertThatThrownBy(() -> open("01:00:5e:00:00:01"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("not the address of one station");
        assertThatThrownBy(() -> open("alice"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("not a MAC address");
    }

    private MacAddress open(String mac) {
        Map<String, String> values = mac == null ? Map.of() : Map.of("mac", mac);
        return provider.open(host, physical, new Options("ethernet", null, values))
                .address();
    }
}
