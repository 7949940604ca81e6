package org.osistack.physical.virtual;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Host;
import org.osistack.core.LayerProvider;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;
import org.osistack.core.SapTrace;
import org.osistack.physical.PhysicalService;
import org.osistack.physical.PhysicalTap;
import org.osistack.physical.impairment.Impairments;

/** The module {@code virtual}: a station on a {@link VirtualMedium}. */
public final class VirtualProvider implements LayerProvider<Void, PhysicalService> {
    private static final String DEFAULT_NAME = "lab";
    private static final int DEFAULT_MTU = 1500;
    private static final int MIN_MTU = 46; // IEEE 802.3: the shortest data field
    private static final int MAX_MTU = 65_535;

    @Override
    public int layer() {
        return 1;
    }

    @Override
    public String name() {
        return "virtual";
    }

    @Override
    public String description() {
        return "an Ethernet in memory between the hosts of one process";
    }

    @Override
    public List<String> standards() {
        return List.of("IEEE 802.3 (frames)");
    }

    @Override
    public String mainValue() {
        return "NAME";
    }

    @Override
    public List<OptionSpec> options() {
        List<OptionSpec> options = new ArrayList<>();
        options.add(new OptionSpec("mtu", "OCTETS", "1500", "the longest SDU of layer 2 in a frame"));
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
        String name = options.main() == null ? DEFAULT_NAME : options.main();
        int mtu = options.integer("mtu", DEFAULT_MTU, MIN_MTU, MAX_MTU);
        Impairments impairments = Impairments.of(options);
        VirtualMedium medium = VirtualMedium.named(host, name, mtu);
        if (options.has("mtu") && mtu != medium.mtu()) {
            throw new ConfigurationException("virtual: the MTU of \"" + name + "\" is " + medium.mtu()
                    + " already, since another station said so; it can't be " + mtu);
        }
        return new VirtualStation(medium, host, impairments);
    }

    @Override
    public PhysicalService tap(PhysicalService service, SapTrace trace) {
        return new PhysicalTap(service, trace);
    }
}
