package org.osistack.datalink.ethernet;

import java.util.List;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.LayerProvider;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;
import org.osistack.core.SapTrace;
import org.osistack.datalink.DataLinkService;
import org.osistack.datalink.DataLinkTap;
import org.osistack.datalink.MacAddress;
import org.osistack.physical.PhysicalService;

/** Layer 2 {@code ethernet}: Ethernet II frames. */
public final class EthernetProvider implements LayerProvider<PhysicalService, DataLinkService> {
    private static final long LOCALLY_ADMINISTERED = 0x02_00_00_00_00_00L;
    private static final long LOW_40_BITS = 0xff_ffff_ffffL;

    @Override
    public int layer() {
        return 2;
    }

    @Override
    public String name() {
        return "ethernet";
    }

    @Override
    public String description() {
        return "Ethernet II: MAC frames with an EtherType, padding, frame check sequence, address filter";
    }

    @Override
    public List<String> standards() {
        return List.of("IEEE 802.3", "RFC 894");
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(new OptionSpec(
                "mac",
                "MAC|interface",
                "a random locally administered address, 02:…",
                "this station's address; interface takes the one that the interface has of its own"));
    }

    @Override
    public Class<PhysicalService> requires() {
        return PhysicalService.class;
    }

    @Override
    public Class<DataLinkService> provides() {
        return DataLinkService.class;
    }

    @Override
    public int maxHeaderLength() {
        return EthernetHeader.LENGTH;
    }

    @Override
    public DataLinkService open(Host host, PhysicalService below, Options options) {
        return new EthernetStation(host, below, address(host, below, options.text("mac", "")));
    }

    private static MacAddress address(Host host, PhysicalService below, String text) {
        if (text.isEmpty()) { // IEEE 802 §8.2: the second bit on the wire says that no manufacturer assigned it
            return MacAddress.of(LOCALLY_ADMINISTERED | host.random().nextLong() & LOW_40_BITS);
        }
        if (text.equals("interface")) {
            if (below.hardwareAddress() < 0) {
                throw new ConfigurationException(
                        "ethernet: mac=interface, and " + below.medium().name() + " has no address of its own");
            }
            return MacAddress.of(below.hardwareAddress());
        }
        MacAddress address = parse(text);
        if (address.isGroup() || address.bits() == 0) {
            throw new ConfigurationException("ethernet: mac=" + text
                    + " is not the address of one station: its first octet must be even, and not all octets zero");
        }
        return address;
    }

    private static MacAddress parse(String text) {
        try {
            return MacAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "ethernet: mac=" + text + " is not a MAC address, such as 02:00:00:00:00:01", e);
        }
    }

    @Override
    public DataLinkService tap(DataLinkService service, SapTrace trace) {
        return new DataLinkTap(service, trace);
    }

    @Override
    public Dissector newDissector() {
        return new EthernetDissector();
    }
}
