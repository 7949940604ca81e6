package org.osistack.presentation.echo;

import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionUser;

/** A session connection as a dialogue. */
final class SessionDialogue implements Dialogue<Octets>, SessionUser {
    private final Host host;
    private SessionConnection connection; // null until there is one
    private DialogueUser<Octets> user;
    private Runnable onEnd;
    private Runnable onConnected = () -> {};

    SessionDialogue(Host host, SessionConnection connection) {
        this.host = host;
        this.connection = connection;
    }

    /**
     * Tell what happens to this user.
     *
     * @param newOnEnd run when the connection has ended
     */
    void use(DialogueUser<Octets> newUser, Runnable newOnEnd) {
        user = newUser;
        onEnd = newOnEnd;
    }

    void whenConnected(Runnable newOnConnected) {
        onConnected = newOnConnected;
    }

    void connection(SessionConnection newConnection) {
        connection = newConnection;
    }

    // ---- requests ----

    @Override
    public Octets nothing() {
        return Octets.EMPTY;
    }

    @Override
    public boolean dataRequest(Octets data) {
        Pdu ssdu = host.pool().take(data.length());
        data.appendTo(ssdu);
        boolean taken = false;
        try {
            taken = connection.dataRequest(ssdu);
        } finally {
            if (!taken) {
                ssdu.release();
            }
        }
        return taken;
    }

    @Override
    public boolean typedDataRequest(Octets data) {
        return connection.request(new SessionPrimitive.TypedData(data));
    }

    @Override
    public boolean expeditedDataRequest(Octets data) {
        return connection.request(new SessionPrimitive.ExpeditedData(data));
    }

    @Override
    public boolean capabilityDataRequest(Octets data) {
        return connection.request(new SessionPrimitive.CapabilityData(data));
    }

    @Override
    public boolean capabilityDataResponse(Octets data) {
        return connection.request(new SessionPrimitive.CapabilityDataAnswer(data));
    }

    @Override
    public boolean stepRequest(DialogueStep step, Octets data) {
        return connection.request(new SessionPrimitive.Step(step, data));
    }

    @Override
    public boolean releaseRequest(Octets data) {
        return connection.request(new SessionPrimitive.Release(data));
    }

    @Override
    public boolean releaseResponse(boolean affirmative, Octets data) {
        boolean taken = connection.request(new SessionPrimitive.ReleaseAnswer(affirmative, data));
        if (taken && affirmative) {
            onEnd.run();
        }
        return taken;
    }

    @Override
    public void abortRequest() {
        connection.request(new SessionPrimitive.UserAbort(Octets.EMPTY));
        onEnd.run();
    }

    @Override
    public FunctionalUnits functionalUnits() {
        return connection.functionalUnits();
    }

    @Override
    public Tokens ownTokens() {
        return connection.ownTokens();
    }

    @Override
    public long nextSerialNumber() {
        return connection.serialNumbers().next();
    }

    @Override
    public void pause() {
        connection.pause();
    }

    @Override
    public void resume() {
        connection.resume();
    }

    // ---- indications ----

    @Override
    public void dataIndication(Pdu ssdu) {
        Octets data = Octets.of(ssdu);
        ssdu.release();
        user.data(data);
    }

    @Override
    public void indication(SessionPrimitive primitive) {
        if (primitive instanceof SessionPrimitive.Step step) {
            user.step(step.step(), step.userData());
        } else if (primitive instanceof SessionPrimitive.TypedData data) {
            user.typedData(data.userData());
        } else if (primitive instanceof SessionPrimitive.ExpeditedData data) {
            user.expeditedData(data.userData());
        } else if (primitive instanceof SessionPrimitive.CapabilityData data) {
            user.capabilityData(data.userData());
        } else if (primitive instanceof SessionPrimitive.CapabilityDataAnswer data) {
            user.capabilityDataConfirm(data.userData());
        } else if (primitive instanceof SessionPrimitive.Release release) {
            user.release(release.userData());
        } else if (primitive instanceof SessionPrimitive.ReleaseAnswer answer) {
            user.releaseConfirm(answer.affirmative(), answer.userData());
        } else if (primitive instanceof SessionPrimitive.ConnectAnswer answer) {
            if (answer.isAccepted()) {
                onConnected.run();
            } else {
                ended(answer.refusal().text());
            }
        } else if (primitive instanceof SessionPrimitive.UserAbort) {
            ended("aborted by the peer");
        } else if (primitive instanceof SessionPrimitive.ProviderAbort abort) {
            ended("lost: " + abort.reason().text());
        }
    }

    private void ended(String why) {
        onEnd.run();
        user.aborted(why);
    }

    @Override
    public void readyIndication() {
        user.ready();
    }
}
