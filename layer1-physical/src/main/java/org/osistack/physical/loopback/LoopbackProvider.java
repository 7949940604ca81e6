package org.osistack.physical.loopback;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Host;
import org.osistack.core.LayerProvider;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;
import org.osistack.core.SapTrace;
import org.osistack.physical.PhysicalService;
import org.osistack.physical.PhysicalTap;
import org.osistack.physical.impairment.Impairments;

/** The module {@code loopback}: for a host that talks to itself. */
public final class LoopbackProvider implements LayerProvider<Void, PhysicalService> {
    private static final int DEFAULT_MTU = 1500;
    private static final int MIN_MTU = 46; // IEEE 802.3: the shortest data field
    private static final int MAX_MTU = 65_535;

    @Override
    public int layer() {
        return 1;
    }

    @Override
    public String name() {
        return "loopback";
    }

    @Override
    public String description() {
        return "what the host sends it hears itself";
    }

    @Override
    public List<String> standards() {
        return List.of("IEEE 802.3 (frames)");
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
        return new LoopbackStation(
                host, options.integer("mtu", DEFAULT_MTU, MIN_MTU, MAX_MTU), Impairments.of(options));
    }

    @Override
    public PhysicalService tap(PhysicalService service, SapTrace trace) {
        return new PhysicalTap(service, trace);
    }
}
