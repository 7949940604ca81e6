package org.osistack.core.management;

import java.util.List;
import java.util.function.Consumer;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Selector;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnits;

/**
 * An echo that stands right on one layer's service, so that this service can be tested with a peer: a responder that
 * sends back whatever comes, and an initiator that walks through all that the service has. Selectors and behaviour are
 * those of ISODE's test programs {@code isod} and {@code isoc}.
 *
 * <p>A layer's echo is a module in the place of the layer above, so an application opens a column that ends with it.
 */
public interface ServiceEcho {
    /** Where the echo is: the selector of the service that it stands on; those of lower services are empty. */
    Selector ECHO = Selector.of((byte) 0x00, (byte) 0x80);

    /** Where the sink is, which takes and confirms everything and sends nothing back. */
    Selector SINK = Selector.of((byte) 0x00, (byte) 0x81);

    /**
     * Answer at {@link #ECHO} and {@link #SINK}, until the stack is closed.
     *
     * @param log takes lines for the person who runs the server
     * @throws IllegalStateException if somebody is attached to one of the selectors
     */
    void serve(Consumer<String> log);

    /**
     * Walk through the service with the echo, or the sink, of a host.
     *
     * @return aborts it when run; does nothing after the end
     */
    Runnable walk(Walk walk, Listener listener);

    /**
     * What the initiator does.
     *
     * @param sink whether it calls the sink, and expects data to come back no more
     * @param units the functional units to propose, where the service has any
     * @param identifier how to call the session connection
     * @param serialNumber the first synchronization point's, and that at which activities are resumed; from 1 to 999,999
     * @param userDataLength octets of user data with each primitive that may carry some, from 0 to 512
     * @param lines what to send, one after the other; each of at least one octet
     */
    record Walk(
            NetworkAddress host,
            boolean sink,
            FunctionalUnits units,
            ConnectionIdentifier identifier,
            long serialNumber,
            int userDataLength,
            List<Octets> lines) {
        public Walk {
            lines = List.copyOf(lines);
        }

        /** The selector of what is called. */
        public Selector selector() {
            return sink ? SINK : ECHO;
        }
    }

    /** Hears how a walk goes, on the host's thread. */
    interface Listener {
        /** A step was taken, in words. */
        void step(String line);

        /**
         * The walk is over.
         *
         * @param differences how many answers were not what they should have been
         * @param problem why it ended too early; null if it did not
         */
        void finished(int differences, String problem);
    }
}
