package org.osistack.application.net;

/**
 * Two namespaces joined by a virtual Ethernet cable. On each side the interface is {@value #DEVICE}; it is up and has
 * no network address, so that a stack of ours can have the wire for itself.
 */
public final class VethPair implements AutoCloseable {
    /** The name of the interface in both namespaces. */
    public static final String DEVICE = "eth1";

    /** The address of the interface on the left; the kernel's, if it has one. */
    public static final String LEFT_MAC = "02:aa:00:00:00:01";

    /** The address of the interface on the right. */
    public static final String RIGHT_MAC = "02:bb:00:00:00:02";

    private final Namespace left;
    private final Namespace right;

    private VethPair(Namespace left, Namespace right) {
        this.left = left;
        this.right = right;
    }

    /** Make two namespaces and the cable between them. */
    public static VethPair create(String leftRole, String rightRole) {
        Namespace left = Namespace.create(leftRole);
        Namespace right = null;
        try {
            right = Namespace.create(rightRole);
            VethPair pair = new VethPair(left, right);
            pair.plugIn();
            return pair;
        } catch (RuntimeException | Error e) {
            left.close();
            if (right != null) {
                right.close();
            }
            throw e;
        }
    }

    /** Lay the cable (again, after {@link #remove()}). */
    public void plugIn() {
        left.ip(
                "link",
                "add",
                DEVICE,
                "address",
                LEFT_MAC,
                "type",
                "veth",
                "peer",
                "name",
                DEVICE,
                "address",
                RIGHT_MAC,
                "netns",
                right.name());
        for (Namespace side : new Namespace[] {left, right}) {
            keepOrder(side);
            side.up(DEVICE, true);
        }
    }

    /** Without this, two processors that send for one connection may overtake one another on a virtual cable. */
    private static void keepOrder(Namespace side) {
        String processors = "/sys/class/net/" + DEVICE + "/queues/rx-0/rps_cpus";
        side.run("sh", "-c", "test ! -w " + processors + " || echo 1 > " + processors);
    }

    /** Take the cable away with both interfaces. */
    public void remove() {
        left.ip("link", "del", DEVICE);
    }

    public Namespace left() {
        return left;
    }

    public Namespace right() {
        return right;
    }

    /**
     * Have kernels make whole frames: each with its checksums, none longer than the MTU, none merged on arrival.
     */
    public VethPair withoutOffload() {
        for (Namespace side : new Namespace[] {left, right}) {
            side.offload(DEVICE, "tx", false).offload(DEVICE, "gro", false);
        }
        return this;
    }

    /** Record what passes on the right end of the cable from now on. */
    public Capture capture() {
        return Capture.start(right, DEVICE);
    }

    /** Record the headers of what passes on the right end of the cable from now on. */
    public Capture captureHeaders() {
        return Capture.startOfHeaders(right, DEVICE);
    }

    @Override
    public void close() {
        try {
            left.close();
        } finally {
            right.close();
        }
    }
}
