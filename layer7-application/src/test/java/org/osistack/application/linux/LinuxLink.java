package org.osistack.application.linux;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.osistack.application.net.Capture;
import org.osistack.application.net.Namespace;
import org.osistack.application.net.Needs;
import org.osistack.application.net.Program;
import org.osistack.application.net.VethPair;

/** A cable with the kernel of this machine at one end and stacks of ours at the other. */
final class LinuxLink implements AutoCloseable {
    /** The kernel's address. */
    static final String LINUX = "10.4.0.1";
    /** Our address. */
    static final String OSI = "10.4.0.2";

    private static final String[] STACK = {
        "--l1", "pcap:" + VethPair.DEVICE, "--l2", "ethernet:mac=02:0b:00:00:00:02", "--l3", "ipv4:" + OSI + "/24"
    };

    private final VethPair wire;

    private LinuxLink(VethPair wire) {
        this.wire = wire;
    }

    /** Lay the cable. The kernel makes whole frames with checksums, so that a capture can be judged by them. */
    static LinuxLink create() {
        Needs.libpcap();
        VethPair wire = VethPair.create("linux", "osi").withoutOffload();
        wire.left().address(VethPair.DEVICE, LINUX + "/24");
        return new LinuxLink(wire);
    }

    /** Where the kernel has its end. */
    Namespace linux() {
        return wire.left();
    }

    /** Where our end is. */
    Namespace osi() {
        return wire.right();
    }

    /** Start a server of ours and wait until it is ready. */
    Program serve(String... applications) {
        List<String> arguments = new ArrayList<>(List.of("serve"));
        arguments.addAll(Arrays.asList(applications));
        return start(arguments.toArray(String[]::new)).await("ready:");
    }

    /** Start {@code osi} on our end. */
    Program start(String... arguments) {
        return Osi.start(osi(), onThisLink(arguments));
    }

    /** The arguments, and the options for our end of the cable. */
    static String[] onThisLink(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(Arrays.asList(STACK));
        return all.toArray(String[]::new);
    }

    /** Record what passes from now on. */
    Capture capture() {
        return wire.capture();
    }

    /** Record the headers of what passes from now on. */
    Capture captureHeaders() {
        return wire.captureHeaders();
    }

    @Override
    public void close() {
        wire.close();
    }
}
