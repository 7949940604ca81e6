package org.osistack.physical.pcap;

import java.util.function.Consumer;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.RawPacketListener;

/**
 * A handle of libpcap with the thread that receives from it, from its opening until it fails or is closed.
 *
 * <p>libpcap does not keep time-outs on a silent wire, so the thread stays in {@code pcap_loop} until it is broken.
 */
final class Capture {
    private static final long BREAK_MILLIS = 20;
    private static final int MAX_BREAKS = 100;

    private final PcapHandle handle;
    private final int index;
    private final Thread receiver;
    private long dropped;
    private volatile String error; // null while frames can arrive

    /**
     * Begin to receive.
     *
     * @param index the system's number for the interface
     * @param received is handed each frame on the receiver's thread; the array is its own
     */
    Capture(PcapHandle handle, String name, int index, Consumer<byte[]> received) {
        this.handle = handle;
        this.index = index;
        RawPacketListener listener = received::accept;
        receiver = new Thread(() -> receive(listener), "pcap " + name + " receiver");
        receiver.setDaemon(true);
        receiver.start();
    }

    private void receive(RawPacketListener listener) {
        try {
            handle.loop(-1, listener);
            error = "receiving ended";
        } catch (InterruptedException e) {
            error = "closed"; // pcap4j's way to say that the loop was broken
        } catch (PcapNativeException | NotOpenException e) {
            error = e.getMessage();
        }
    }

    PcapHandle handle() {
        return handle;
    }

    int index() {
        return index;
    }

    boolean hasEnded() {
        return error != null;
    }

    /** Why frames no longer arrive; null while they can. */
    String error() {
        return error;
    }

    /** How many frames the system threw away for want of room since the last time that this was asked. */
    long takeDropped() {
        try {
            long total = handle.getStats().getNumPacketsDropped();
            long more = Math.max(0, total - dropped);
            dropped = total;
            return more;
        } catch (PcapNativeException | NotOpenException e) {
            return 0; // the interface is going away, which the receiver notices, too
        }
    }

    /**
     * Stop receiving and give the handle back. An old libpcap breaks off only when the next frame arrives; should none
     * come, the handle is left to the end of the process, because closing it under the receiver would crash it.
     */
    void close() {
        try {
            for (int i = 0; i < MAX_BREAKS && receiver.isAlive(); i++) {
                handle.breakLoop(); // again and again: a break before the loop has begun is lost
                receiver.join(BREAK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (NotOpenException e) {
            return;
        }
        if (!receiver.isAlive()) {
            handle.close();
        }
    }
}
