package org.osistack.application.bench;

import java.util.ArrayDeque;
import org.osistack.core.Host;
import org.osistack.core.Pdu;

/** The side that is measured: does what a {@link Request} asks for. */
final class Responder implements ConversationUser {
    private static final int MAX_CONVERSATIONS = 100;
    private static final int MESSAGES_A_TURN = 64; // so that timers and devices have their turn, too

    private final Host host;
    private final Conversation conversation;
    private final Runnable onEnd;
    private final byte[] head = new byte[Request.LENGTH];
    private final ArrayDeque<Pdu> waiting = new ArrayDeque<>(); // to be echoed
    private int headLength;
    private Request request; // null until it has arrived
    private byte[] pattern;
    private Pdu refused; // of the flood
    private boolean continuing; // the flood goes on in the next turn
    private boolean ended;

    private Responder(Host host, Conversation conversation, Runnable onEnd) {
        this.host = host;
        this.conversation = conversation;
        this.onEnd = onEnd;
    }

    /** Let oneself be measured. */
    static void serve(Host host, Conversations conversations) {
        int[] count = {0};
        conversations.serve(conversation -> {
            if (count[0] == MAX_CONVERSATIONS) {
                return null;
            }
            count[0]++;
            return new Responder(host, conversation, () -> count[0]--);
        });
    }

    @Override
    public void opened() {
        throw new IllegalStateException("this side does not open conversations");
    }

    @Override
    public void received(Pdu message, int octets) {
        Pdu rest = request == null ? readHead(message, octets) : message;
        if (rest == null) {
            return;
        }
        if (request.kind() != Request.ECHO) {
            rest.release(); // who asks for a flood has nothing more to say
        } else if (!waiting.isEmpty() || !conversation.send(rest)) {
            waiting.addLast(rest);
            conversation.pause(); // the peer has to read before it may send more
        }
    }

    /** Take the request from the first octets and return the message if there is more in it. */
    private Pdu readHead(Pdu message, int octets) {
        message.pullHeader(message.length() - octets);
        int count = Math.min(octets, head.length - headLength);
        message.copyTo(0, head, headLength, count);
        message.pullHeader(count);
        headLength += count;
        if (headLength == head.length) {
            request = Request.parse(head);
            if (request == null) {
                message.release();
                conversation.abort();
                ended("not a request");
                return null;
            }
            if (request.kind() == Request.FLOOD) {
                pattern = new byte[request.size()];
                host.random().nextBytes(pattern);
                flood();
            }
        }
        if (request != null && message.length() > 0) {
            return message;
        }
        message.release();
        return null;
    }

    private void flood() {
        continuing = false;
        for (int i = 0; i < MESSAGES_A_TURN; i++) {
            if (ended) {
                return;
            }
            Pdu message = refused == null ? conversation.newMessage(pattern, pattern.length) : refused;
            refused = null;
            if (!conversation.send(message)) {
                refused = message;
                return;
            }
        }
        continuing = true;
        host.loop().defer(this::flood);
    }

    @Override
    public void ready() {
        if (request == null) {
            return;
        }
        if (request.kind() == Request.FLOOD) {
            if (!continuing) {
                flood();
            }
            return;
        }
        while (!waiting.isEmpty() && conversation.send(waiting.peekFirst())) {
            waiting.removeFirst();
        }
        if (waiting.isEmpty()) {
            conversation.resume();
        }
    }

    @Override
    public void ended(String problem) {
        if (ended) {
            return;
        }
        ended = true;
        waiting.forEach(Pdu::release);
        waiting.clear();
        if (refused != null) {
            refused.release();
            refused = null;
        }
        onEnd.run();
    }
}
