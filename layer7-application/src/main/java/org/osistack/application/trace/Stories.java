package org.osistack.application.trace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osistack.core.TraceEvent;

/** Tells which story each message belongs to. */
final class Stories {
    private static final int MAX_CONNECTIONS = 4096;
    private static final int TOP_SERVICE = 6;
    private static final String NAMES = "MDNS";

    private final Story background = new Story(Story.Kind.OTHER, "", "", "", 0, 0);
    private final Map<String, Story> latest = new LinkedHashMap<>() { // by connection
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Story> eldest) {
                    return size() > MAX_CONNECTIONS;
                }
            };

    /** The story of all that has none of its own. */
    Story background() {
        return background;
    }

    /** A segment of this connection was sent or received. */
    void connection(String host, String connection, Message message) {
        if (message.story != null) {
            latest.put(host + ' ' + connection, message.story);
        }
    }

    /** The latest story of a connection; the background if there is none. */
    Story ofConnection(String host, String connection) {
        return latest.getOrDefault(host + ' ' + connection, background);
    }

    void assign(Message message, TraceEvent event) {
        message.story = story(message, event);
        if (message.connection != 0 && message.story != null) {
            latest.put(message.connectionKey(), message.story);
        }
        if (!message.isDown() && message.layer == TOP_SERVICE && message.story != null && message.hasPdu()) {
            message.story.delivered |= message.sent != null;
            message.story.receiver = message.host;
        }
        if (event.pdu() != null && event.pdu().isStream()) {
            String flow = event.pdu().whole();
            message.flow = message.host + ' ' + (message.isDown() ? flow : Streams.reverse(flow));
            if (message.story != null) {
                latest.put(message.flow, message.story);
            }
        }
    }

    private Story story(Message message, TraceEvent event) {
        if (message.isDown() && message.layer == TOP_SERVICE) {
            if (isData(message.primitive)) {
                if (message.protocol.equals(NAMES)) {
                    return null; // no user asked for it
                }
                return message(message, event);
            }
            if (message.primitive.endsWith(".request")) {
                return new Story(Story.Kind.CONNECTION, message.host, message.primitive, message.pdu, 0, message.time);
            }
            return message.parent != null ? message.parent.story : latest.get(message.connectionKey());
        }
        if (message.isDown() && message.parent == null && isConnection(message.primitive)) {
            return new Story(Story.Kind.CONNECTION, message.host, message.primitive, message.pdu, 0, message.time);
        }
        if (message.sent != null) {
            return message.sent.story;
        }
        if (!message.parts.isEmpty()) {
            return message.parts.get(0).whole().story;
        }
        if (message.parent != null) {
            return message.parent.story;
        }
        return event.pdu() != null && event.pdu().isStream() && message.isDown()
                ? latest.get(message.host + ' ' + event.pdu().whole())
                : null;
    }

    private static boolean isData(String primitive) {
        return primitive.matches("P-((TYPED|EXPEDITED|CAPABILITY|UNIT)-)?DATA\\..*");
    }

    private static boolean isConnection(String primitive) {
        return primitive.matches("[A-Z]-(CONNECT|RELEASE|DISCONNECT|(U|P)-ABORT)\\..*");
    }

    private static Story message(Message message, TraceEvent event) {
        String words = null;
        int user = 0;
        if (event.pdu() != null) {
            boolean plain = event.pdu().protocol().isEmpty();
            int offset = plain ? 0 : event.pdu().sduOffset();
            user = plain ? message.length : Math.max(0, message.sduLength);
            words = user > 0 ? Texts.words(event.octets(), offset, user) : null;
        }
        String title = words != null ? words : title(message);
        return new Story(Story.Kind.MESSAGE, message.host, title, message.title(), user, message.time);
    }

    private static String title(Message message) {
        if (message.pdu.isEmpty()) {
            return Texts.octets(message.length);
        }
        return message.title() + (message.summary.isEmpty() ? "" : ", " + message.summary);
    }

    /** Give a story to what has arrived from hosts outside this trace, and to what nobody asked for. */
    void settle(List<Message> messages) {
        Story found = null;
        boolean connection = false;
        for (Message message : messages) {
            if (message.story == null && !message.isDown()) {
                if (found == null
                        && message.layer == TOP_SERVICE
                        && isData(message.primitive)
                        && message.hasPdu()
                        && !message.protocol.equals(NAMES)) {
                    String title = message.summary.isEmpty() ? message.title() : message.summary;
                    int user = message.owners.userLength();
                    found = new Story(
                            Story.Kind.MESSAGE,
                            "",
                            title.replaceAll("^\"|\"$", ""),
                            message.title(),
                            user,
                            message.time);
                    found.receiver = message.host;
                }
                connection |= isConnection(message.primitive);
            }
        }
        for (Message message : messages) {
            if (found == null && !message.flow.isEmpty()) {
                found = latest.get(message.flow); // goes on
            }
        }
        if (found == null) {
            found = connection
                    ? new Story(Story.Kind.CONNECTION, "", "a connection", "", 0, messages.get(0).time)
                    : background;
        }
        for (Message message : messages) {
            if (message.story == null) {
                message.story = found;
                if (message.connection != 0) {
                    latest.put(message.connectionKey(), found);
                }
                if (!message.flow.isEmpty()) {
                    latest.put(message.flow, found);
                }
            }
        }
    }
}
