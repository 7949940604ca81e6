package org.osistack.application.isode;

import java.util.List;
import java.util.function.Consumer;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationUser;
import org.osistack.presentation.echo.Dialogue;
import org.osistack.presentation.echo.DialogueUser;

/** A presentation connection as a dialogue. Alterations of contexts are agreed to. */
final class PresentationDialogue implements Dialogue<List<Pdv>>, PresentationUser {
    private final Host host;
    private PresentationConnection connection; // null until there is one
    private DialogueUser<List<Pdv>> user;
    private Runnable onEnd;
    private Consumer<PresentationPrimitive.ConnectAnswer> onConnected = answer -> {};

    PresentationDialogue(Host host, PresentationConnection connection) {
        this.host = host;
        this.connection = connection;
    }

    /**
     * Tell what happens to this user.
     *
     * @param newOnEnd run when the connection has ended
     */
    void use(DialogueUser<List<Pdv>> newUser, Runnable newOnEnd) {
        user = newUser;
        onEnd = newOnEnd;
    }

    void whenConnected(Consumer<PresentationPrimitive.ConnectAnswer> newOnConnected) {
        onConnected = newOnConnected;
    }

    void connection(PresentationConnection newConnection) {
        connection = newConnection;
    }

    // ---- requests ----

    @Override
    public List<Pdv> nothing() {
        return List.of();
    }

    @Override
    public boolean dataRequest(List<Pdv> data) {
        if (data.size() != 1) {
            return connection.request(new PresentationPrimitive.Data(data));
        }
        Pdv pdv = data.get(0);
        Pdu value = host.pool().take(pdv.value().length());
        pdv.value().appendTo(value);
        boolean taken = false;
        try {
            taken = connection.dataRequest(pdv.context(), value);
        } finally {
            if (!taken) {
                value.release();
            }
        }
        return taken;
    }

    @Override
    public boolean typedDataRequest(List<Pdv> data) {
        return connection.request(new PresentationPrimitive.TypedData(data));
    }

    @Override
    public boolean expeditedDataRequest(List<Pdv> data) {
        return connection.request(new PresentationPrimitive.ExpeditedData(data));
    }

    @Override
    public boolean capabilityDataRequest(List<Pdv> data) {
        return connection.request(new PresentationPrimitive.CapabilityData(data));
    }

    @Override
    public boolean capabilityDataResponse(List<Pdv> data) {
        return connection.request(new PresentationPrimitive.CapabilityDataAnswer(data));
    }

    @Override
    public boolean stepRequest(DialogueStep step, List<Pdv> data) {
        return connection.request(new PresentationPrimitive.Step(step, data));
    }

    @Override
    public boolean releaseRequest(List<Pdv> data) {
        return connection.request(new PresentationPrimitive.Release(data));
    }

    @Override
    public boolean releaseResponse(boolean affirmative, List<Pdv> data) {
        boolean taken = connection.request(new PresentationPrimitive.ReleaseAnswer(affirmative, data));
        if (taken && affirmative) {
            onEnd.run();
        }
        return taken;
    }

    @Override
    public void abortRequest() {
        connection.request(new PresentationPrimitive.UserAbort(List.of()));
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
    public void dataIndication(int context, Pdu value) {
        Pdv data = new Pdv(context, Octets.of(value));
        value.release();
        user.data(List.of(data));
    }

    @Override
    public void indication(PresentationPrimitive primitive) {
        if (primitive instanceof PresentationPrimitive.Step step) {
            user.step(step.step(), step.userData());
        } else if (primitive instanceof PresentationPrimitive.Data data) {
            user.data(data.userData());
        } else if (primitive instanceof PresentationPrimitive.TypedData data) {
            user.typedData(data.userData());
        } else if (primitive instanceof PresentationPrimitive.ExpeditedData data) {
            user.expeditedData(data.userData());
        } else if (primitive instanceof PresentationPrimitive.CapabilityData data) {
            user.capabilityData(data.userData());
        } else if (primitive instanceof PresentationPrimitive.CapabilityDataAnswer data) {
            user.capabilityDataConfirm(data.userData());
        } else if (primitive instanceof PresentationPrimitive.Release release) {
            user.release(release.userData());
        } else if (primitive instanceof PresentationPrimitive.ReleaseAnswer answer) {
            user.releaseConfirm(answer.affirmative(), answer.userData());
        } else if (primitive instanceof PresentationPrimitive.AlterContext) {
            connection.request(new PresentationPrimitive.AlterContextAnswer());
        } else if (primitive instanceof PresentationPrimitive.ConnectAnswer answer) {
            if (answer.isAccepted()) {
                onConnected.accept(answer);
            } else {
                ended(answer.refusalText());
            }
        } else if (primitive instanceof PresentationPrimitive.UserAbort) {
            ended("aborted by the peer");
        } else if (primitive instanceof PresentationPrimitive.ProviderAbort abort) {
            ended("lost: " + abort.reason());
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
