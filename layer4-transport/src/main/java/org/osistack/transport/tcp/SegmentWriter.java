package org.osistack.transport.tcp;

import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.network.NetworkService;
import org.osistack.network.TransportProtocol;

/** Builds segments and hands them to the network: one for all connections of an entity. */
final class SegmentWriter {
    private final Host host;
    private final NetworkService network;
    private final TcpCounters counters;
    private final TcpHeader header = new TcpHeader();

    SegmentWriter(Host host, NetworkService network, TcpCounters counters) {
        this.host = host;
        this.network = network;
        this.counters = counters;
    }

    /** Send a segment with SYN, and ACK if asked for. It has no text here. */
    void sendSyn(TcpConnection connection, int controlBits) {
        Sender snd = connection.snd;
        Receiver rcv = connection.rcv;
        int windowScale = snd.windowScaling ? rcv.windowShift : TcpOptions.ABSENT;
        int length = TcpHeader.LENGTH
                + TcpOptions.synLength(snd.sackPermitted, snd.timestamps, windowScale != TcpOptions.ABSENT);
        Pdu segment = host.pool().take().pushHeader(length);
        boolean ack = (controlBits & TcpHeader.ACK) != 0;
        header.wrap(segment)
                .ports(connection.localPort, connection.remotePort)
                .sequenceNumber(snd.iss)
                .acknowledgmentNumber(ack ? rcv.rcvNxt : 0)
                .lengthAndControl(length, controlBits)
                .window(rcv.windowOfSyn());
        TcpOptions.putSyn(
                segment,
                connection.ownMaxSegment(),
                snd.sackPermitted,
                snd.timestamps,
                connection.timestamp(),
                ack ? rcv.tsRecent : 0,
                windowScale);
        send(connection.local, connection.remote, segment);
        rcv.acknowledgmentSent();
    }

    /**
     * Send a segment of a synchronized connection, with the acknowledgement, the window and the options that it has to
     * carry at the moment.
     *
     * @param text where in the send buffer its text begins
     * @param textLength how many octets of text; 0 for none
     */
    void send(TcpConnection connection, int sequenceNumber, int controlBits, int text, int textLength) {
        Sender snd = connection.snd;
        Receiver rcv = connection.rcv;
        int room = snd.maxSegment - textLength - (snd.timestamps ? TcpOptions.TIMESTAMPS_LENGTH : 0);
        int blocks = rcv.sackBlocks(room);
        int length = TcpHeader.LENGTH
                + (snd.timestamps ? TcpOptions.TIMESTAMPS_LENGTH : 0)
                + (blocks > 0 ? TcpOptions.SACK_HEAD_LENGTH + blocks * TcpOptions.SACK_BLOCK_LENGTH : 0);
        Pdu segment = host.pool().take(textLength);
        if (textLength > 0) {
            snd.buffer.copyTo(text, textLength, segment);
        }
        segment.pushHeader(length);
        header.wrap(segment)
                .ports(connection.localPort, connection.remotePort)
                .sequenceNumber(sequenceNumber)
                .acknowledgmentNumber(rcv.rcvNxt)
                .lengthAndControl(length, controlBits | TcpHeader.ACK)
                .window(rcv.windowToAdvertise());
        int offset = TcpHeader.LENGTH;
        if (snd.timestamps) {
            TcpOptions.putTimestamps(segment, offset, connection.timestamp(), rcv.tsRecent);
            offset += TcpOptions.TIMESTAMPS_LENGTH;
        }
        if (blocks > 0) {
            rcv.putSackBlocks(segment, offset, blocks);
        }
        rcv.acknowledgmentSent();
        send(connection.local, connection.remote, segment);
    }

    /** Send a segment that belongs to no connection, or ends one: it has neither text nor options. */
    void sendBare(
            NetworkAddress source,
            NetworkAddress destination,
            int sourcePort,
            int destinationPort,
            int sequenceNumber,
            int acknowledgmentNumber,
            int controlBits) {
        Pdu segment = host.pool().take().pushHeader(TcpHeader.LENGTH);
        header.wrap(segment)
                .ports(sourcePort, destinationPort)
                .sequenceNumber(sequenceNumber)
                .acknowledgmentNumber(acknowledgmentNumber)
                .lengthAndControl(TcpHeader.LENGTH, controlBits)
                .window(0);
        if ((controlBits & TcpHeader.RST) != 0) {
            counters.outRsts++;
        }
        send(source, destination, segment);
    }

    private void send(NetworkAddress source, NetworkAddress destination, Pdu segment) {
        header.fillChecksum(network.pseudoHeaderSum(source, destination, TransportProtocol.TCP, segment.length()));
        counters.outSegs++;
        network.unitDataRequest(
                source, destination, TransportProtocol.TCP, NetworkService.DEFAULT_LIFETIME, false, segment);
    }
}
