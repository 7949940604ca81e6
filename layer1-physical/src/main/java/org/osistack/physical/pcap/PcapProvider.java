package org.osistack.physical.pcap;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Host;
import org.osistack.core.InterfaceDescription;
import org.osistack.core.InterfaceDirectory;
import org.osistack.core.LayerProvider;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;
import org.osistack.core.SapTrace;
import org.osistack.physical.PhysicalService;
import org.osistack.physical.PhysicalTap;
import org.osistack.physical.impairment.Impairments;

/**
 * Real Ethernet through libpcap: {@code pcap:eth1}.
 *
 * <p>libpcap is looked for when an interface is opened, not before, so that this provider can be listed on machines
 * that have none.
 */
public final class PcapProvider implements LayerProvider<Void, PhysicalService>, InterfaceDirectory {
    private static final long DEFAULT_BUFFER = 32L << 20;

    @Override
    public int layer() {
        return 1;
    }

    @Override
    public String name() {
        return "pcap";
    }

    @Override
    public String description() {
        return "a network interface of this machine, through libpcap";
    }

    @Override
    public List<String> standards() {
        return List.of("IEEE 802.3");
    }

    @Override
    public String mainValue() {
        return "INTERFACE";
    }

    @Override
    public List<OptionSpec> options() {
        List<OptionSpec> options = new ArrayList<>();
        options.add(new OptionSpec("buffer", "SIZE", "32M", "how much the system may hold that has arrived"));
        options.add(new OptionSpec("filter", "EXPRESSION", "", "receive only this, in the words of pcap-filter(7)"));
        options.addAll(Impairments.OPTIONS);
        return options;
    }

    @Override
    public Class<Void> requires() {
        return Void.class;
    }

    @Override
    public Class<PhysicalService> provides() {
        return PhysicalService.class;
    }

    @Override
    public PhysicalService open(Host host, Void below, Options options) {
        if (host.group().isVirtual()) {
            throw new ConfigurationException("pcap cannot be used in a simulation: a real interface keeps real time");
        }
        if (options.main() == null) {
            throw new ConfigurationException(
                    "pcap needs the name of an interface, such as pcap:eth1; " + PcapLibrary.thereAre());
        }
        int buffer = (int) options.octets("buffer", DEFAULT_BUFFER, 1 << 20, 1 << 30);
        String filter = options.text("filter", "");
        Impairments impairments = Impairments.of(options);
        PcapDevice device = new PcapDevice(options.main(), buffer, filter, host.group()::wakeUp);
        return new PcapStation(host, device, impairments);
    }

    @Override
    public PhysicalService tap(PhysicalService service, SapTrace trace) {
        return new PhysicalTap(service, trace);
    }

    @Override
    public List<InterfaceDescription> interfaces() {
        return PcapInterfaces.list();
    }

    @Override
    public String obstacle() {
        return PcapLibrary.obstacle();
    }
}
