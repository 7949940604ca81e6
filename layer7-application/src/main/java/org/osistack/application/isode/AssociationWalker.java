package org.osistack.application.isode;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Selector;
import org.osistack.core.Timer;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.management.ServiceEcho.Listener;
import org.osistack.core.management.ServiceEcho.Walk;
import org.osistack.presentation.NegotiatedPresentation;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationContext;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;
import org.osistack.presentation.echo.DialogueUser;

/**
 * The initiator over association control: associates with three numbers as user information, invokes an operation for each
 * line if it is asked to, and releases with the numbers; all has to come back.
 */
final class AssociationWalker implements DialogueUser<List<Pdv>> {
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final int CONTEXTS = 9; // besides that of ACSE
    private static final int NUMBERS = 3;
    private static final int ACSE_CONTEXT = 2 * CONTEXTS + 1;

    private final PresentationDialogue dialogue;
    private final Walk walk;
    private final Listener listener;
    private final Timer patience;
    private final Iterator<Octets> lines;
    private final List<Pdv> numbers = new ArrayList<>();
    private Octets argument; // of the operation that was invoked; null if none was
    private Octets unsent; // an invocation that was not taken; null if there is none
    private long id;
    private int differences;
    private boolean over;

    private AssociationWalker(Host host, Walk walk, boolean operates, Listener listener) {
        this.dialogue = new PresentationDialogue(host, null);
        this.walk = walk;
        this.listener = listener;
        this.lines = operates ? walk.lines().iterator() : List.<Octets>of().iterator();
        this.patience = host.newTimer(() -> fail("no answer in " + PATIENCE_NANOS / 1_000_000_000L + " s"));
        for (int i = 0; i < NUMBERS; i++) {
            numbers.add(
                    new Pdv(2 * i + 1, new BerWriter().integer(Tag.INTEGER, i).toOctets()));
        }
    }

    /**
     * Set out.
     *
     * @param operates whether to invoke operations
     * @return aborts it when run
     */
    static Runnable walk(
            Host host, NegotiatedPresentation presentation, Walk walk, boolean operates, Listener listener) {
        AssociationWalker walker = new AssociationWalker(host, walk, operates, listener);
        walker.associate(presentation);
        return walker::abort;
    }

    private void associate(NegotiatedPresentation presentation) {
        List<PresentationContext> contexts = new ArrayList<>();
        for (int i = 0; i < CONTEXTS; i++) {
            contexts.add(new PresentationContext(2 * i + 1, PresentationEcho.ASN_1, List.of(ObjectIdentifier.BER)));
        }
        contexts.add(new PresentationContext(ACSE_CONTEXT, ObjectIdentifier.ACSE, List.of(ObjectIdentifier.BER)));
        Octets aarq = AcseCodec.request(
                walk.sink() ? Listening.SINK_CONTEXT : Listening.ECHO_CONTEXT,
                AcseCodec.userInformation(numbers, true));
        dialogue.use(this, () -> {});
        dialogue.whenConnected(this::associated);
        Selector selector = walk.sink() ? Listening.ASSOCIATION_SINK : Listening.ASSOCIATION_ECHO;
        patience.arm(PATIENCE_NANOS);
        dialogue.connection(presentation.connectRequest(
                new PresentationPrimitive.Connect(
                        null,
                        new PresentationAddress(Selector.EMPTY, Selector.EMPTY, selector, 0, walk.host()),
                        contexts,
                        List.of(),
                        walk.identifier(),
                        FunctionalUnits.of(FunctionalUnit.DUPLEX),
                        -1,
                        TokenSetting.INITIATOR,
                        List.of(new Pdv(ACSE_CONTEXT, aarq))),
                dialogue));
    }

    private void associated(PresentationPrimitive.ConnectAnswer answer) {
        Pdv aare = AcseCodec.find(AcseCodec.AARE, answer.userData());
        if (aare == null || !AcseCodec.isAccepting(aare.value())) {
            fail("no AARE that accepts");
            return;
        }
        compare("A-ASSOCIATE", AcseCodec.userInformation(aare.value()), AcseCodec.userInformation(numbers, true));
        next();
    }

    private void compare(String service, Octets information, Octets sent) {
        boolean same = information.equals(walk.sink() ? Octets.EMPTY : sent);
        differences += same ? 0 : 1;
        listener.step(service + ": " + (same ? "came back" : "came back, and was not the same"));
    }

    private void next() {
        if (!lines.hasNext()) {
            Octets information = AcseCodec.userInformation(numbers, false);
            dialogue.releaseRequest(List.of(new Pdv(ACSE_CONTEXT, AcseCodec.release(AcseCodec.RLRQ, information))));
            patience.arm(PATIENCE_NANOS);
            return;
        }
        argument = new BerWriter().octetString(Tag.OCTET_STRING, lines.next()).toOctets();
        unsent = OperationEcho.invoke(++id, id - 1, argument);
        ready();
    }

    @Override
    public void ready() {
        if (unsent != null && dialogue.dataRequest(List.of(new Pdv(1, unsent)))) {
            unsent = null;
            patience.arm(PATIENCE_NANOS);
        }
    }

    @Override
    public void data(List<Pdv> data) {
        if (argument == null || data.size() != 1) {
            fail("data came that was not asked for");
            return;
        }
        Octets value = walk.sink() ? Octets.of((byte) 5, (byte) 0) : argument;
        argument = null;
        String kind = OperationEcho.judge(data.get(0).value(), id, id - 1, value);
        differences += kind == null ? 1 : 0;
        listener.step("RO-INVOKE " + id + ": " + (kind == null ? "a wrong answer" : kind));
        next();
    }

    @Override
    public void releaseConfirm(boolean affirmative, List<Pdv> data) {
        Pdv rlre = AcseCodec.find(AcseCodec.RLRE, data);
        if (!affirmative) {
            fail("the release was refused");
        } else if (rlre == null) {
            finish("no RLRE in the answer");
        } else {
            Octets sent = AcseCodec.userInformation(numbers, false);
            compare("A-RELEASE", AcseCodec.userInformation(rlre.value()), sent);
            finish(null);
        }
    }

    @Override
    public void typedData(List<Pdv> data) {
        fail("typed data, which was not agreed on");
    }

    @Override
    public void expeditedData(List<Pdv> data) {
        fail("expedited data, which was not agreed on");
    }

    @Override
    public void capabilityData(List<Pdv> data) {
        fail("capability data, which was not agreed on");
    }

    @Override
    public void capabilityDataConfirm(List<Pdv> data) {
        fail("capability data, which was not agreed on");
    }

    @Override
    public void step(DialogueStep step, List<Pdv> data) {
        fail(step.service() + ", which was not agreed on");
    }

    @Override
    public void release(List<Pdv> data) {
        fail("the echo wants to release");
    }

    @Override
    public void aborted(String why) {
        finish(why);
    }

    private void abort() {
        fail("aborted on this side");
    }

    private void fail(String problem) {
        if (!over) {
            dialogue.abortRequest();
            finish(problem);
        }
    }

    private void finish(String problem) {
        if (!over) {
            over = true;
            patience.disarm();
            listener.finished(differences, problem);
        }
    }
}
