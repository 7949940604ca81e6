package org.osistack.core.management;

import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;

/** Layer management of a network that can ask another host to answer (ICMP echo, RFC 792; the ERQ PDU of ISO 8473). */
public interface EchoManagement {
    /** Hears what became of echo requests. */
    interface EchoUser {
        /**
         * An echo reply has come.
         *
         * @param source who sent it
         * @param lifetime the hops that were left to it
         * @param data as it came back
         */
        void echoReply(NetworkAddress source, int sequence, int lifetime, Octets data);

        /**
         * An echo request did not get through.
         *
         * @param reporter who says so
         * @param reason in words
         */
        void echoFailure(NetworkAddress reporter, int sequence, String reason);
    }

    /** A series of echo requests to one host, told apart from other series by an identifier. */
    interface EchoSeries {
        /**
         * Send an echo request.
         *
         * @param sequence from 0 to 65,535
         * @param lifetime how many hops it may take; -1 for the default
         * @param data that the reply has to bring back
         */
        void echoRequest(int sequence, int lifetime, Octets data);

        /** End the series: its user hears nothing more. */
        void end();
    }

    /** Begin a series. */
    EchoSeries beginEcho(NetworkAddress destination, EchoUser user);
}
