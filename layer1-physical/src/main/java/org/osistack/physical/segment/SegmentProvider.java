package org.osistack.physical.segment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Host;
import org.osistack.core.LayerProvider;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;
import org.osistack.core.SapTrace;
import org.osistack.physical.PhysicalService;
import org.osistack.physical.PhysicalTap;
import org.osistack.physical.impairment.Impairments;

/** The module {@code segment}: an Ethernet between the processes of one machine. */
public final class SegmentProvider implements LayerProvider<Void, PhysicalService> {
    private static final String DEFAULT_NAME = "lab";
    private static final int DEFAULT_MTU = 1500;
    private static final int MIN_MTU = 46; // IEEE 802.3: the shortest data field
    private static final long PATIENCE_SECONDS = 5;

    @Override
    public int layer() {
        return 1;
    }

    @Override
    public String name() {
        return "segment";
    }

    @Override
    public String description() {
        return "an Ethernet between the processes of this machine";
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
        options.add(new OptionSpec("mtu", "OCTETS", "1500", "the longest SDU of layer 2 in a frame; up to 9000"));
        options.add(new OptionSpec("fcs", "on|off", "on", "whether layer 2 makes and checks the FCS, or the hub"));
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
            throw new ConfigurationException(
                    "segment cannot be used in a simulation: other processes keep real time; virtual can");
        }
        return open(host, options, SegmentPlace.of(options.main() == null ? DEFAULT_NAME : options.main()));
    }

    static PhysicalService open(Host host, Options options, SegmentPlace place) {
        int mtu = options.integer("mtu", DEFAULT_MTU, MIN_MTU, Framing.MAX_MTU);
        boolean fcs = options.flag("fcs", true);
        Impairments impairments = Impairments.of(options);
        Uplink uplink = connect(place, fcs, host.group()::wakeUp);
        return new SegmentStation(host, place.name(), mtu, fcs, impairments, uplink);
    }

    private static Uplink connect(SegmentPlace place, boolean fcs, Runnable wakeUp) {
        Reactor reactor;
        try {
            reactor = Reactor.acquire();
        } catch (IOException e) {
            throw refuse(place, e);
        }
        Uplink uplink = new Uplink(reactor, place, fcs, wakeUp);
        boolean complete = false;
        try {
            uplink.firstConnection().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            complete = true;
            return uplink;
        } catch (ExecutionException e) {
            throw refuse(place, e.getCause());
        } catch (TimeoutException e) {
            throw new ConfigurationException(
                    "segment: nobody answers at " + place.socket() + ", and somebody holds " + place.lock(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigurationException("segment: interrupted while connecting to " + place.socket(), e);
        } finally {
            if (!complete) {
                uplink.close();
            }
        }
    }

    private static ConfigurationException refuse(SegmentPlace place, Throwable cause) {
        return new ConfigurationException(
                "segment: cannot open \"" + place.name() + "\" in "
                        + place.lock().getParent() + ": " + cause.getMessage(),
                cause);
    }

    @Override
    public PhysicalService tap(PhysicalService service, SapTrace trace) {
        return new PhysicalTap(service, trace);
    }
}
