package org.osistack.physical.pcap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Discard;
import org.osistack.core.Host;
import org.osistack.core.HostThread;
import org.osistack.core.Pdu;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.physical.PhysicalService;
import org.osistack.physical.PhysicalUser;

/**
 * One end of an exchange of frames over an interface, told by lines what to do: {@code send COUNT}, {@code frame
 * LENGTH}, {@code report}, {@code longest}. Says {@code ready}, {@code sent}, {@code link up} and {@code link down}.
 *
 * <p>Frame number n has a length and a content that follow from n alone, so the other end can tell whether it is
 * intact. Each 32nd frame is acknowledged, and a sender stops when it is {@value #WINDOW} frames ahead.
 */
final class FrameExchange implements PhysicalUser {
    private static final int MIN_LENGTH = 60;
    private static final int MAX_LENGTH = 1514;
    private static final int WINDOW = 128;
    private static final int ETHER_TYPE = 0x88b5; // IEEE 802, for local experiments
    private static final long BROADCAST = 0xffff_ffff_ffffL;
    private static final int DATA = 1;
    private static final int ACKNOWLEDGEMENT = 2;
    private static final int HEADER = 19; // addresses, type, kind, number

    private final Host host;
    private final PhysicalService service;
    private final long address;
    private final byte[] expected = new byte[MAX_LENGTH];
    private int toSend;
    private int sent;
    private int acknowledged;
    private int received;
    private int damaged;
    private int outOfOrder;
    private int own;
    private int longest;

    private FrameExchange(Host host, PhysicalService service, long address) {
        this.host = host;
        this.service = service;
        this.address = address;
        service.attach(this);
        System.out.println("ready " + Long.toHexString(service.hardwareAddress()) + " " + service.medium());
    }

    /** Arguments: the value of {@code --l1}, and a number that tells the ends apart. */
    public static void main(String[] arguments) throws Exception {
        try (HostThread thread = new HostThread("exchange")) {
            Host host = thread.submit(() -> thread.newHost("exchange")).get();
            Stack stack = thread.submit(() -> Stack.open(host, StackSpec.of(arguments[0])))
                    .get();
            long address = 0x0200_0000_0000L + Integer.parseInt(arguments[1]);
            FrameExchange exchange = thread.submit(
                            () -> new FrameExchange(host, stack.service(PhysicalService.class), address))
                    .get();
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                String[] words = line.split(" ");
                thread.submit(() -> exchange.obey(words)).get();
            }
            thread.submit(() -> {
                        stack.close();
                        System.out.println("closed, outstanding " + host.pool().outstanding());
                        return null;
                    })
                    .get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConfigurationException refusal) {
                System.out.println("refused: " + refusal.getMessage());
                System.exit(2);
            }
            throw e;
        }
    }

    private Void obey(String[] words) throws IOException {
        switch (words[0]) {
            case "send" -> {
                toSend = sent + Integer.parseInt(words[1]);
                sendMore();
            }
            case "frame" -> service.dataRequest(frame(DATA, -1, Integer.parseInt(words[1])));
            case "report" ->
                System.out.println("report received=" + received + " damaged=" + damaged + " outOfOrder=" + outOfOrder
                        + " own=" + own + " linkDown="
                        + host.discards(1, "pcap").count(Discard.LINK_DOWN) + " queueFull="
                        + host.discards(1, "pcap").count(Discard.QUEUE_FULL));
            case "longest" -> System.out.println("longest " + longest);
            default -> throw new IOException("told to " + words[0]);
        }
        return null;
    }

    private void sendMore() {
        while (sent < toSend && sent - acknowledged < WINDOW) {
            service.dataRequest(data(sent++));
        }
    }

    private Pdu data(int number) {
        SplittableRandom random = new SplittableRandom(number);
        Pdu frame = frame(DATA, number, random.nextInt(MIN_LENGTH, MAX_LENGTH + 1));
        random.nextBytes(expected);
        System.arraycopy(expected, 0, frame.array(), frame.arrayOffset() + HEADER, frame.length() - HEADER);
        return frame;
    }

    private Pdu frame(int kind, int number, int length) {
        Pdu frame = host.pool().take(length).pushTrailer(length);
        Arrays.fill(frame.array(), frame.arrayOffset(), frame.arrayOffset() + length, (byte) 0);
        return frame.putUint48(0, BROADCAST)
                .putUint48(6, address)
                .putUint16(12, ETHER_TYPE)
                .putUint8(14, kind)
                .putInt32(15, number);
    }

    @Override
    public void dataIndication(Pdu frame) {
        longest = Math.max(longest, frame.length());
        if (frame.length() < HEADER || frame.getUint16(12) != ETHER_TYPE) {
            frame.release();
            return;
        }
        int kind = frame.getUint8(14);
        int number = frame.getInt32(15);
        if (frame.getUint48(6) == address) {
            own++;
        } else if (kind == ACKNOWLEDGEMENT) {
            acknowledged = number;
            sendMore();
            if (acknowledged == toSend) {
                System.out.println("sent " + toSend);
            }
        } else if (number >= 0) {
            check(frame, number);
        } else {
            System.out.println("frame " + frame.length());
        }
        frame.release();
    }

    private void check(Pdu frame, int number) {
        if (number != received) {
            outOfOrder++;
        }
        SplittableRandom random = new SplittableRandom(number);
        int length = random.nextInt(MIN_LENGTH, MAX_LENGTH + 1);
        random.nextBytes(expected);
        int from = frame.arrayOffset() + HEADER;
        if (frame.length() != length
                || !Arrays.equals(frame.array(), from, from + length - HEADER, expected, 0, length - HEADER)) {
            damaged++;
        }
        received++;
        if (received % 32 == 0) {
            service.dataRequest(frame(ACKNOWLEDGEMENT, received, MIN_LENGTH));
        }
    }

    @Override
    public void statusIndication(boolean up) {
        System.out.println(up ? "link up" : "link down");
    }
}
