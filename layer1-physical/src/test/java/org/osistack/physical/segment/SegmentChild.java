package org.osistack.physical.segment;

import java.io.IOException;
import java.nio.file.Path;
import org.osistack.core.Host;
import org.osistack.core.HostThread;
import org.osistack.core.Options;
import org.osistack.core.Pdu;
import org.osistack.physical.PhysicalService;

/**
 * A process of its own with one station: it answers each frame {@code 50 …} by {@code 52 n …}, where n is its number.
 * It ends with its standard input.
 */
final class SegmentChild {
    private SegmentChild() {}

    public static void main(String[] args) throws Exception {
        int number = Integer.parseInt(args[1]);
        HostThread thread = new HostThread("child");
        thread.submit(() -> {
                    Host host = thread.newHost("child");
                    PhysicalService service = SegmentProvider.open(
                            host, Options.none("segment"), SegmentPlace.in(Path.of(args[0]), "lab"));
                    service.attach(frame -> answer(host, service, number, frame));
                    return null;
                })
                .get();
        System.out.println("ready");
        waitForTheEndOfInput();
        thread.close();
    }

    private static void answer(Host host, PhysicalService service, int number, Pdu frame) {
        if (frame.getUint8(0) == 0x50) {
            Pdu answer = host.pool().take().appendUint8(0x52).appendUint8(number);
            service.dataRequest(answer.append(frame, 1, frame.length() - 1));
        }
        frame.release();
    }

    private static void waitForTheEndOfInput() throws IOException {
        int octet = System.in.read();
        while (octet >= 0) {
            octet = System.in.read();
        }
    }
}
