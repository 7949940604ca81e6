package org.osistack.physical.pcap;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Discard;
import org.osistack.core.Pdu;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.PcapDirection;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;

/**
 * A network interface opened through libpcap.
 *
 * <p>Three threads meet here. The host's sends, and polls the queue. A {@link Capture} has one that sits in {@code
 * pcap_loop} and fills the queue. The third watches the interface: when it goes away, or comes back, or the capture
 * ends with an error, this thread opens it again, more and more patiently.
 *
 * <p>One handle serves both directions: libpcap does not hand a frame back to the handle that sent it, and is told to
 * leave out what others on this machine send through the interface.
 */
final class PcapDevice implements RawDevice {
    /** The longest IP packet that an interface may have merged from several, an Ethernet header and a VLAN tag. */
    private static final int MAX_FRAME = 65_535 + 14 + 4;

    private static final int SNAPLEN =
            MAX_FRAME + 1; // so that a frame that was cut off can be told from one that wasn't
    private static final int QUEUE_CAPACITY = 8192; // frames
    private static final long WATCH_MILLIS = 100;
    private static final long MAX_RETRY_MILLIS = 1600;
    private static final int DLT_EN10MB = 1; // Ethernet, www.tcpdump.org/linktypes.html
    private static final int ETHERNET_HEADER = 14;

    private final String name;
    private final int bufferLength;
    private final String filter;
    private final int mtu;
    private final long address;
    private final boolean watchable;
    private final Runnable wakeUp;
    private final FrameQueue queue = new FrameQueue(QUEUE_CAPACITY);
    private final AtomicLong lost = new AtomicLong();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread watcher;
    private final byte[][] arrays; // by length: pcap4j copies the whole array that it is given

    private volatile Capture capture; // null while the interface can't be opened
    private volatile boolean up;
    private volatile String trouble = "";

    /**
     * Open an interface.
     *
     * @param filter what to receive, in libpcap's words; empty for everything
     * @param wakeUp run on another thread whenever there is something to poll
     * @throws ConfigurationException if it can't be opened, saying why and what helps
     */
    PcapDevice(String name, int bufferLength, String filter, Runnable wakeUp) {
        this.name = name;
        this.bufferLength = bufferLength;
        this.filter = filter;
        this.wakeUp = wakeUp;
        PcapLibrary.require();
        LinkState state = PcapLibrary.requireUsable(name);
        watchable = state != null;
        mtu = watchable ? state.mtu() : 1500;
        address = watchable ? state.address() : -1;
        arrays = new byte[ETHERNET_HEADER + Math.min(mtu, 1500) + 1][];
        try {
            capture = open(watchable ? state.index() : 0);
        } catch (PcapNativeException e) {
            throw PcapLibrary.refusal(name, e);
        } catch (NotOpenException e) {
            throw new ConfigurationException(name + " was closed while it was being opened", e);
        }
        up = !watchable || state.connected();
        trouble = up ? "" : name + " is not connected";
        watcher = new Thread(this::watch, "pcap " + name + " watcher");
        watcher.setDaemon(true);
        watcher.start();
    }

    private Capture open(int index) throws PcapNativeException, NotOpenException {
        PcapHandle handle = new PcapHandle.Builder(name)
                .snaplen(SNAPLEN)
                .promiscuousMode(PromiscuousMode.PROMISCUOUS)
                .immediateMode(true)
                .bufferSize(bufferLength)
                .build();
        boolean complete = false;
        try {
            if (handle.getDlt().value() != DLT_EN10MB) {
                throw new ConfigurationException(
                        name + " carries " + handle.getDlt().name() + " and not Ethernet; " + PcapLibrary.thereAre());
            }
            handle.setDirection(PcapDirection.IN);
            if (!filter.isEmpty()) {
                handle.setFilter(filter, BpfCompileMode.OPTIMIZE);
            }
            complete = true;
        } finally {
            if (!complete) {
                handle.close();
            }
        }
        return new Capture(handle, name, index, this::received);
    }

    private void received(byte[] frame) {
        if (!queue.offer(frame)) {
            lost.incrementAndGet();
        }
        wakeUp.run();
    }

    private void watch() {
        long retryMillis = WATCH_MILLIS;
        long nextTry = System.nanoTime();
        while (!awaitClosing()) {
            LinkState state = watchable ? LinkState.of(name) : null;
            Capture current = capture;
            if (current != null) {
                lost.addAndGet(current.takeDropped());
                if (current.hasEnded() || watchable && (state == null || state.index() != current.index())) {
                    setUp(false, current.hasEnded() ? name + ": " + current.error() : name + " is gone");
                    capture = null;
                    current.close();
                    retryMillis = WATCH_MILLIS;
                    nextTry = System.nanoTime();
                }
            }
            boolean worthATry = !watchable || state != null && state.enabled();
            if (capture == null && worthATry && System.nanoTime() - nextTry >= 0) {
                try {
                    capture = open(watchable ? state.index() : 0);
                } catch (PcapNativeException | NotOpenException | ConfigurationException e) {
                    trouble = name + ": " + e.getMessage();
                    nextTry = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(retryMillis);
                    retryMillis = Math.min(2 * retryMillis, MAX_RETRY_MILLIS);
                }
            }
            if (capture != null) {
                setUp(!watchable || state.connected(), describe(state));
            }
        }
    }

    private boolean awaitClosing() {
        try {
            return closing.await(WATCH_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true; // nobody interrupts this thread but one who wants it to end
        }
    }

    private String describe(LinkState state) {
        return state == null || state.enabled() ? name + " has lost its connection" : name + " has been switched off";
    }

    private void setUp(boolean nowUp, String why) {
        if (nowUp != up) {
            trouble = nowUp ? "" : why;
            up = nowUp;
            wakeUp.run();
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int mtu() {
        return mtu;
    }

    @Override
    public long address() {
        return address;
    }

    @Override
    public int maxReceiveLength() {
        return MAX_FRAME;
    }

    @Override
    public boolean isUp() {
        return up;
    }

    @Override
    public String trouble() {
        return trouble;
    }

    @Override
    public byte[] receive() {
        return queue.poll();
    }

    @Override
    public long takeLost() {
        return lost.get() == 0 ? 0 : lost.getAndSet(0);
    }

    @Override
    public Discard send(Pdu frame) {
        Capture current = capture;
        if (current == null) {
            return Discard.LINK_DOWN;
        }
        byte[] octets = array(frame.length());
        frame.copyTo(0, octets, 0, octets.length);
        try {
            current.handle().sendPacket(octets);
            return null;
        } catch (NotOpenException e) {
            return Discard.LINK_DOWN;
        } catch (PcapNativeException e) {
            return whyNotSent(frame.length());
        }
    }

    private byte[] array(int length) {
        if (length >= arrays.length) {
            return new byte[length];
        }
        if (arrays[length] == null) {
            arrays[length] = new byte[length];
        }
        return arrays[length];
    }

    /** libpcap tells a text in the user's language only, so the interface itself is asked. */
    private Discard whyNotSent(int length) {
        LinkState state = LinkState.of(name);
        if (state == null || !state.connected()) {
            return Discard.LINK_DOWN;
        }
        return length > ETHERNET_HEADER + state.mtu() ? Discard.TOO_LONG : Discard.QUEUE_FULL;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            watcher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        up = false;
        Capture last = capture;
        capture = null;
        if (last != null) {
            last.close();
        }
    }
}
