package org.osistack.core.management;

import org.osistack.core.NetworkAddress;

/** Echo as layer management (X.700) asks for it, known as ping: is a host there, and how far away? */
public interface EchoService {
    /**
     * Begin to ask.
     *
     * @throws IllegalStateException if too many ask at the same time
     */
    Echo openEcho(EchoUser user);

    /** Why a request did not arrive. */
    enum Failure {
        UNREACHABLE("the destination cannot be reached"),
        TOO_LONG("too long for a link on the way, and must not be segmented"),
        LIFETIME_EXPIRED("its lifetime ran out on the way"),
        REASSEMBLY_TIMEOUT("it was not reassembled in time"),
        PARAMETER_PROBLEM("a field of its header was refused"),
        PROHIBITED("it was forbidden on the way");

        private final String text;

        Failure(String text) {
            this.text = text;
        }

        /** The reason in words that complete "it did not arrive: …". */
        public String text() {
            return text;
        }
    }

    /** A series of echo requests that share an identifier. */
    interface Echo {
        /** Lets the network choose how many hops a request may take. */
        int DEFAULT_LIFETIME = -1;

        /** The identifier, from 0 to 65535. */
        int identifier();

        /**
         * Send an echo request. What comes of it, the user hears; nothing if it is lost.
         *
         * @param sequence from 0 to 65535; one that was used before may be used again
         * @param dataLength how many octets of data it carries
         * @param lifetime how many hops it may take; {@link #DEFAULT_LIFETIME}
         * @param maySegment whether it may be sent in pieces
         * @throws IllegalArgumentException if the data are longer than a datagram can carry
         */
        void request(NetworkAddress destination, int sequence, int dataLength, int lifetime, boolean maySegment);

        /** Ask no more. Later answers are thrown away. */
        void close();
    }

    /** Hears what comes of the requests. */
    interface EchoUser {
        /**
         * A reply has come.
         *
         * @param source who replied
         * @param lifetime how many hops the reply could still have taken
         * @param roundTripNanos since the request of that number was sent
         */
        void echoReply(NetworkAddress source, int sequence, int dataLength, int lifetime, long roundTripNanos);

        /**
         * A request did not arrive.
         *
         * @param reporter who says so; this host itself if it couldn't send
         */
        void echoReport(Failure failure, NetworkAddress reporter, int sequence);
    }
}
