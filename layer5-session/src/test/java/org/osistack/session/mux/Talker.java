package org.osistack.session.mux;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionUser;

/** A session user that sends what it was given, some of it as typed data, and writes down what it hears. */
final class Talker implements SessionUser {
    /** Something said or heard. */
    record Saying(boolean typed, Octets octets) {
        @Override
        public String toString() {
            return (typed ? "typed " : "") + octets.length() + " octets #" + octets.hashCode();
        }
    }

    private final Host host;
    final ArrayDeque<Saying> toSay;
    final List<Saying> heard = new ArrayList<>();
    final List<SessionPrimitive> news = new ArrayList<>();
    private final boolean releases;
    SessionConnection connection;
    private boolean released;
    private boolean asked; // for the release
    long octetsHeard;
    boolean remembers = true;

    Talker(Host host, List<Saying> toSay, boolean releases) {
        this.host = host;
        this.toSay = new ArrayDeque<>(toSay);
        this.releases = releases;
    }

    /** Sayings of all sizes. */
    static List<Saying> sayings(long seed, int count, int longest) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Saying> sayings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] octets = new byte[1 + random.nextInt(random.nextInt(4) == 0 ? longest : 40)];
            random.nextBytes(octets);
            sayings.add(new Saying(random.nextInt(5) == 0, Octets.of(octets)));
        }
        return sayings;
    }

    /** The session is open. */
    void start(SessionConnection newConnection) {
        connection = newConnection;
        readyIndication();
    }

    @Override
    public void readyIndication() {
        while (!toSay.isEmpty()) {
            Saying saying = toSay.peekFirst();
            if (saying.typed) {
                if (!connection.request(new SessionPrimitive.TypedData(saying.octets))) {
                    return;
                }
            } else {
                Pdu pdu = host.pool().take(saying.octets.length());
                saying.octets.appendTo(pdu);
                if (!connection.dataRequest(pdu)) {
                    pdu.release();
                    return;
                }
            }
            toSay.pollFirst();
        }
        if (asked) {
            asked = false;
            connection.request(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));
        } else if (releases && !released) {
            released = true;
            connection.request(new SessionPrimitive.Release(Octets.EMPTY));
        }
    }

    @Override
    public void dataIndication(Pdu ssdu) {
        octetsHeard += ssdu.length();
        if (remembers) {
            heard.add(new Saying(false, Octets.of(ssdu)));
        }
        ssdu.release();
    }

    @Override
    public void indication(SessionPrimitive primitive) {
        if (primitive instanceof SessionPrimitive.TypedData typed) {
            heard.add(new Saying(true, typed.userData()));
            return;
        }
        news.add(primitive);
        if (primitive instanceof SessionPrimitive.ConnectAnswer answer && answer.isAccepted()) {
            readyIndication();
        } else if (primitive instanceof SessionPrimitive.Release) {
            asked = true;
            readyIndication();
        }
    }

    SessionPrimitive last() {
        return news.get(news.size() - 1);
    }
}
