package org.osistack.application.inetd;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

/**
 * What one of the services does with octets. One object serves one connection, or all datagrams to one port.
 *
 * <p>PDUs that are returned are the caller's; those that are handed in remain the caller's.
 */
interface SmallService {
    /** What it sends as soon as a connection is open, or in answer to any datagram; null if nothing. */
    default Pdu greeting(PduPool pool) {
        return null;
    }

    /** What it sends in answer to what has arrived; null if nothing. */
    default Pdu answer(PduPool pool, Pdu arrived) {
        return null;
    }

    /** What it sends whenever the connection takes more; null if nothing. */
    default Pdu more(PduPool pool) {
        return null;
    }

    /** Whether it releases the connection once the greeting is sent. */
    default boolean endsAfterGreeting() {
        return false;
    }

    /** Sends back what it gets (RFC 862). */
    final class Echo implements SmallService {
        static final int PORT = 7;

        @Override
        public Pdu answer(PduPool pool, Pdu arrived) {
            return arrived.copy(); // what has arrived has no room for headers in front
        }
    }

    /** Throws away what it gets (RFC 863). */
    final class Discard implements SmallService {
        static final int PORT = 9;
    }

    /** Tells the time to people (RFC 867). */
    final class Daytime implements SmallService {
        static final int PORT = 13;

        private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                        "EEEE, MMMM d, yyyy HH:mm:ss 'UTC'\r\n", Locale.US)
                .withZone(ZoneOffset.UTC);

        private final InstantSource wallClock;

        Daytime(InstantSource wallClock) {
            this.wallClock = wallClock;
        }

        @Override
        public Pdu greeting(PduPool pool) {
            byte[] text = FORM.format(wallClock.instant()).getBytes(StandardCharsets.US_ASCII);
            return pool.take(text.length).append(text);
        }

        @Override
        public boolean endsAfterGreeting() {
            return true;
        }
    }

    /** Sends lines of 72 characters, each line one character further (RFC 864). */
    final class Chargen implements SmallService {
        static final int PORT = 19;
        static final int LINE = 74; // 72 characters and the line's end

        private static final int FIRST = ' ';
        private static final int CHARACTERS = 95; // printable ASCII
        private static final int LINES_IN_A_PIECE = 100;
        private static final int LINES_IN_A_DATAGRAM = 1; // RFC 864 allows up to 512 octets; amplify little

        private int line;

        @Override
        public Pdu more(PduPool pool) {
            return lines(pool, LINES_IN_A_PIECE);
        }

        /** One line only, in a datagram. */
        Pdu datagram(PduPool pool) {
            return lines(pool, LINES_IN_A_DATAGRAM);
        }

        private Pdu lines(PduPool pool, int count) {
            Pdu pdu = pool.take(count * LINE);
            for (int i = 0; i < count; i++) {
                for (int column = 0; column < LINE - 2; column++) {
                    pdu.appendUint8(FIRST + (line + column) % CHARACTERS);
                }
                pdu.appendUint8('\r').appendUint8('\n');
                line = (line + 1) % CHARACTERS;
            }
            return pdu;
        }
    }
}
