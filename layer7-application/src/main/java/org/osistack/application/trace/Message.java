package org.osistack.application.trace;

import java.util.List;
import org.osistack.core.Direction;
import org.osistack.core.TraceEvent;

/**
 * A primitive and the PDU that it carries, without the octets: what is remembered of it so that later events can be
 * joined to it.
 */
final class Message {
    private static final int MAX_SUMMARY = 240; // characters

    /** Some octets of a message that another is made of. */
    record Part(Message whole, int from, int to) {
        boolean isAll() {
            return from == 0 && to == whole.length;
        }
    }

    final long seq;
    final long time;
    final String host;
    final int layer;
    final String service;
    final Direction direction;
    final String primitive;
    final int connection;
    final int pduLayer; // 0 if it carries no PDU
    final String protocol;
    final String pdu;
    final String summary;
    final int length;
    final int sduLength; // -1 if the PDU carries no SDU
    final Message parent; // the primitive that this one is a direct consequence of; null if there is none

    String id = "";
    /** The host and the stream that it is a segment of, from the host's point of view; empty if of none. */
    String flow = "";
    /** Downwards what its SDU is made of, upwards what it was put together from; empty if neither is known. */
    List<Part> parts = List.of();

    Owners owners = Owners.NONE;

    Story story;
    /** For what was received: the same octets as they were sent; null if that was not seen. */
    Message sent;

    Message(TraceEvent event, Message parent) {
        this.seq = event.seq();
        this.time = event.time();
        this.host = event.host();
        this.layer = event.layer();
        this.service = event.service();
        this.direction = event.direction();
        this.primitive = event.name();
        this.connection = event.connection();
        this.pduLayer = event.pduLayer();
        this.protocol = event.protocol();
        this.length = event.octets() == null ? 0 : event.octets().length;
        this.pdu = event.pdu() == null ? "" : event.pdu().name();
        this.summary =
                event.pdu() == null ? "" : Texts.cut(Texts.clean(event.pdu().summary()), MAX_SUMMARY);
        this.sduLength =
                event.pdu() == null || !event.pdu().hasSdu() ? -1 : event.pdu().sduLength();
        this.parent = parent;
    }

    boolean isDown() {
        return direction == Direction.DOWN;
    }

    boolean hasPdu() {
        return pduLayer != 0;
    }

    /** Whether the PDU has a header of its protocol at all; where it has none, the layer hands through. */
    boolean isHandedThrough() {
        return hasPdu() && protocol.isEmpty() && pduLayer < Weaver.TOP_USER;
    }

    boolean isFrame() {
        return layer == 1 && hasPdu();
    }

    /** The PDU's name as a person says it. */
    String title() {
        return Texts.title(protocol, pdu);
    }

    /** What tells its connection apart from all others of the trace. */
    String connectionKey() {
        return host + '/' + layer + '/' + service + '/' + connection;
    }
}
