package org.osistack.application.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Two network namespaces of this machine's kernel with a virtual Ethernet cable between them, made for the measurement
 * and removed after it. On each side the kernel has an address of its own, and leaves room for one of ours beside it:
 * ours has another MAC address, so neither answers for the other.
 */
final class VethWire implements AutoCloseable {
    /** The name of the interface on either side. */
    static final String DEVICE = "osi0";

    private static final int PREFIX_LENGTH = 24;
    private static final List<String> OFFLOADS = List.of("tx", "tso", "gso", "gro");

    /** One end of the cable. */
    record Side(String namespace, int number) {
        /** What to put before a command that is to run here. */
        List<String> prefix() {
            return List.of("ip", "netns", "exec", namespace);
        }

        String kernelAddress() {
            return "10.109.0." + number;
        }

        /** An address for a stack of ours, with the length of its prefix. */
        String ourAddress(int stack) {
            return "10.109.0." + stack + number + "/" + PREFIX_LENGTH;
        }

        private String run(String... command) throws IOException {
            List<String> all = new ArrayList<>(prefix());
            all.addAll(List.of(command));
            return Commands.run(all);
        }
    }

    private final Side left;
    private final Side right;
    private final Thread remover = new Thread(this::remove, "remove namespaces");

    private VethWire(String name) {
        left = new Side(name + "-left", 1);
        right = new Side(name + "-right", 2);
    }

    /** Why there can be none on this machine; null if there can. */
    static String whyNot() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return "needs the network namespaces of Linux";
        }
        try {
            if (!Commands.run("id", "-u").equals("0")) {
                return "needs root, to make network namespaces";
            }
        } catch (IOException e) {
            return "needs the command id";
        }
        return Commands.succeeds("ip", "-V") ? null : "needs the command ip (sudo apt install iproute2)";
    }

    /** Whether the kernel's offloads can be switched. */
    static boolean canSwitchOffload() {
        return Commands.succeeds("ethtool", "--version");
    }

    /** Make the namespaces and the cable. */
    static VethWire create() throws IOException {
        VethWire wire = new VethWire("osi-bench-" + ProcessHandle.current().pid());
        Runtime.getRuntime().addShutdownHook(wire.remover);
        try {
            wire.build();
            return wire;
        } catch (IOException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    private void build() throws IOException {
        for (Side side : List.of(left, right)) {
            Commands.run("ip", "netns", "add", side.namespace);
            side.run("sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1", "net.ipv6.conf.default.disable_ipv6=1");
            // The machine's own may pace itself (bbr); reno is always there, and as fast as any over such a wire.
            side.run("sysctl", "-qw", "net.ipv4.tcp_congestion_control=reno", "net.ipv4.tcp_tw_reuse=1");
        }
        Commands.run(
                "ip",
                "-n",
                left.namespace,
                "link",
                "add",
                DEVICE,
                "type",
                "veth",
                "peer",
                "name",
                DEVICE,
                "netns",
                right.namespace);
        for (Side side : List.of(left, right)) {
            String address = side.kernelAddress() + "/" + PREFIX_LENGTH;
            Commands.run("ip", "-n", side.namespace, "address", "add", address, "dev", DEVICE);
            Commands.run("ip", "-n", side.namespace, "link", "set", "lo", "up");
            Commands.run("ip", "-n", side.namespace, "link", "set", DEVICE, "up");
        }
    }

    Side left() {
        return left;
    }

    Side right() {
        return right;
    }

    /**
     * Let the interfaces save their kernels work, or not. Without it each frame is one TCP segment with a checksum that
     * the kernel made; with it, the kernel's frames are up to 64 KiB long and have none.
     */
    void offload(boolean on) throws IOException {
        for (Side side : List.of(left, right)) {
            List<String> command = new ArrayList<>(side.prefix());
            command.addAll(List.of("ethtool", "-K", DEVICE));
            for (String feature : OFFLOADS) {
                boolean wanted = on && !feature.equals("gro"); // off by default on veth
                command.addAll(List.of(feature, wanted ? "on" : "off"));
            }
            Commands.run(command);
        }
    }

    /** The congestion control of the kernel's TCP here. */
    String congestionControl() throws IOException {
        return left.run("sysctl", "-n", "net.ipv4.tcp_congestion_control");
    }

    private void remove() {
        for (Side side : List.of(left, right)) {
            try {
                Commands.run("ip", "netns", "del", side.namespace);
            } catch (IOException e) {
                // it was never made
            }
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(remover);
        } catch (IllegalStateException e) {
            return; // the process is ending, and the hook does it
        }
        remove();
    }
}
