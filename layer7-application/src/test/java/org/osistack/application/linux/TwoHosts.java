package org.osistack.application.linux;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.osistack.application.net.Capture;
import org.osistack.application.net.Namespace;
import org.osistack.application.net.Needs;
import org.osistack.application.net.Program;
import org.osistack.application.net.VethPair;

/** A cable between two network namespaces with stacks of ours at both ends. */
final class TwoHosts implements AutoCloseable {
    static final String ALICE = "10.4.0.1";
    static final String BOB = "10.4.0.2";

    private final VethPair wire;
    private final String medium;

    private TwoHosts(VethPair wire, String medium) {
        this.wire = wire;
        this.medium = medium;
    }

    /**
     * Lay the cable.
     *
     * @param impairments options of {@code pcap}, such as {@code ,loss=5%}, for both sides
     */
    static TwoHosts create(String impairments) {
        Needs.libpcap();
        return new TwoHosts(VethPair.create("alice", "bob"), "pcap:" + VethPair.DEVICE + impairments);
    }

    /** Start {@code osi} on the left end. */
    Program alice(String... arguments) {
        return host(1, arguments);
    }

    /** Start {@code osi} on the right end. */
    Program bob(String... arguments) {
        return host(2, arguments);
    }

    /** Start {@code osi} at address 10.4.0.NUMBER, on the left end if the number is odd. */
    Program host(int number, String... arguments) {
        return Osi.start(number % 2 == 1 ? wire.left() : wire.right(), at(number, arguments));
    }

    /** Start a server at that address and wait until it is ready. */
    Program serve(int number, String... applications) {
        List<String> arguments = new ArrayList<>(List.of("serve"));
        arguments.addAll(Arrays.asList(applications));
        return host(number, arguments.toArray(String[]::new)).await("ready:");
    }

    /** Start a server on the right end and wait until it is ready. */
    Program bobServes(String... applications) {
        return serve(2, applications);
    }

    /** The arguments with those that place the stack at that address. */
    String[] at(int number, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--l1", medium, "--l2", "ethernet:mac=02:0a:00:00:00:0" + number));
        all.addAll(List.of("--l3", "ipv4:10.4.0." + number + "/24"));
        return all.toArray(String[]::new);
    }

    Namespace left() {
        return wire.left();
    }

    Namespace right() {
        return wire.right();
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
