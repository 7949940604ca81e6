package org.osistack.physical.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

@Timeout(20)
class HubConnectionTest {
    private static final int FRAME = 5000;

    private final CountDownLatch paused = new CountDownLatch(1);
    private final PduPool pool = new PduPool(0);

    @TempDir
    private Path folder;

    private Reactor reactor;
    private ServerSocketChannel server;
    private SocketChannel hub;
    private HubConnection connection;

    @BeforeEach
    void connect() throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("hub"));
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(address);
        SocketChannel channel = SocketChannel.open(address);
        hub = server.accept();
        reactor = Reactor.acquire();
        CompletableFuture<HubConnection> registered = new CompletableFuture<>();
        reactor.execute(() -> {
            try {
                SelectionKey key = reactor.register(channel, SelectionKey.OP_READ, this::ready);
                registered.complete(new HubConnection(reactor, channel, key));
            } catch (IOException e) {
                registered.completeExceptionally(e);
            }
        });
        connection = registered.get();
    }

    @AfterEach
    void close() throws IOException {
        reactor.execute(connection::close);
        reactor.release();
        hub.close();
        server.close();
        assertThat(pool.outstanding()).isZero();
    }

    private void ready(SelectionKey key) {
        try {
            connection.ready(key);
            if (key.interestOps() == 0) {
                paused.countDown();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void stopsReadingWhenTheRingIsFullAndGoesOnWhenThereIsRoom() throws Exception {
        Thread sender = sendFrames(400);
        paused.await();

        int frames = 0;
        while (frames < 400) {
            int length = connection.ring().firstLength();
            if (length < 0) {
                Thread.onSpinWait();
            } else {
                assertThat(length).isEqualTo(FRAME);
                Pdu frame = pool.takeForReceiving(length);
                connection.ring().take(length, frame);
                assertThat(frame.getInt32(FRAME - 4)).isEqualTo(frames++);
                frame.release();
                connection.resume();
            }
        }
        sender.join();
    }

    @Test
    void canBeResumedThoughItWasClosedMeanwhile() throws Exception {
        Thread sender = sendFrames(150);
        paused.await();
        CountDownLatch closed = new CountDownLatch(1);
        reactor.execute(() -> {
            connection.close();
            closed.countDown();
        });
        closed.await();

        connection.resume();

        assertThat(connection.ring().firstLength()).isEqualTo(FRAME);
        sender.join();
    }

    /** Frames whose last four octets are their number. */
    private Thread sendFrames(int count) {
        Thread sender = new Thread(() -> {
            ByteBuffer octets = ByteBuffer.allocate(Framing.LENGTH_FIELD + FRAME);
            try {
                for (int i = 0; i < count; i++) {
                    octets.clear().putInt(0, FRAME).putInt(FRAME, i);
                    while (octets.hasRemaining()) {
                        hub.write(octets);
                    }
                }
            } catch (IOException e) {
                octets.clear(); // the connection was closed, as one of the tests wants
            }
        });
        sender.start();
        return sender;
    }
}
