package org.osistack.physical.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.osistack.core.Host;
import org.osistack.core.HostThread;
import org.osistack.core.MediumManagement;
import org.osistack.core.Observer;
import org.osistack.core.Options;
import org.osistack.core.Origin;
import org.osistack.core.Pdu;
import org.osistack.core.Stack;
import org.osistack.physical.PhysicalService;
import org.osistack.physical.PhysicalUser;

/** A host on a thread of its own whose station is on a segment. */
final class Member {
    private static final long PATIENCE_SECONDS = 10;

    private final HostThread thread;
    private final Host host;
    private final PhysicalService service;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();
    private boolean closed;

    /** Enter the segment with these options, names and values by turns. */
    Member(String hostName, Path folder, String segment, String... options) throws Exception {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            values.put(options[i], options[i + 1]);
        }
        thread = new HostThread(hostName);
        host = thread.newHost(hostName);
        host.observe(new Observer() {
            @Override
            public boolean isWatching() {
                return true;
            }

            @Override
            public void note(Origin origin, String text) {
                notes.add(text);
            }
        });
        try {
            service = on(() -> SegmentProvider.open(
                    host, new Options("segment", segment, values), SegmentPlace.in(folder, segment)));
        } catch (Exception e) {
            thread.close();
            throw e;
        }
        on(() -> {
            service.attach(new PhysicalUser() {
                @Override
                public void dataIndication(Pdu frame) {
                    heard.add(frame.toString());
                    frame.release();
                }

                @Override
                public void statusIndication(boolean up) {
                    heard.add(up ? "up" : "down");
                }
            });
            return null;
        });
    }

    Pdu newPdu() {
        return host.pool().take();
    }

    PhysicalService service() {
        return service;
    }

    MediumManagement management() {
        return (MediumManagement) service;
    }

    /** Do something on the host's thread. */
    <T> T on(Callable<T> command) throws Exception {
        return thread.submit(command).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void send(String... frames) throws Exception {
        on(() -> {
            for (String frame : frames) {
                byte[] octets = HexFormat.of().parseHex(frame);
                service.dataRequest(host.pool().take(octets.length).append(octets));
            }
            return null;
        });
    }

    /** What comes next; null if nothing does within the time. */
    String next(long millis) throws InterruptedException {
        return heard.poll(millis, TimeUnit.MILLISECONDS);
    }

    void expect(String... frames) throws InterruptedException {
        List<String> actual = new ArrayList<>();
        for (int i = 0; i < frames.length; i++) {
            actual.add(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        assertThat(actual).containsExactly(frames);
    }

    /** Nothing has been heard so far. */
    void expectNothing() {
        assertThat(heard).isEmpty();
    }

    BlockingQueue<String> notes() {
        return notes;
    }

    /** Leave, and see to it that no PDU is missing. */
    void close() throws Exception {
        if (!closed) {
            closed = true;
            long outstanding = on(() -> {
                ((Stack.Closeable) service).close();
                return host.pool().outstanding();
            });
            thread.close();
            assertThat(outstanding).isZero();
        }
    }
}
