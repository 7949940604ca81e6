package org.osistack.application.story;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationUser;
import org.osistack.application.cut.Machine;
import org.osistack.application.cut.TwoHosts;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;

/** One of the two in the story: does what it is told to, and tells what it hears. */
final class Actor implements AssociationUser {
    static final String ASSOCIATED = "A-ASSOCIATE.confirm";
    static final String DATA = "data";
    static final String TYPED_DATA = "typed data";
    static final String EXPEDITED_DATA = "expedited data";
    static final String CAPABILITY_DATA = "capability data";
    static final String CAPABILITY_DATA_CONFIRMED = "capability data, confirmed";
    static final String RELEASE = "A-RELEASE.indication";
    static final String RELEASE_REFUSED = "A-RELEASE.confirm, negative";
    static final String END = "the end";

    private final String name;
    private final BiConsumer<String, String> prompter; // of who has heard what
    private final List<String> said = new ArrayList<>();
    private final List<String> read = new ArrayList<>();
    private final ArrayDeque<BooleanSupplier> waiting = new ArrayDeque<>(); // requests that were not taken
    private Machine machine; // null before it begins, and when it was killed
    private Association association; // null without one
    private Ending ending; // how the last association ended; null before
    private String detail = "";

    Actor(String name, BiConsumer<String, String> prompter) {
        this.name = name;
        this.prompter = prompter;
    }

    static String confirmed(String service) {
        return service + ", confirmed";
    }

    void begin(Machine newMachine) {
        machine = newMachine;
    }

    void killed() {
        machine = null;
        association = null;
        waiting.clear();
    }

    Machine machine() {
        return machine;
    }

    boolean isAssociated() {
        return association != null;
    }

    Ending ending() {
        return ending;
    }

    String detail() {
        return detail;
    }

    List<String> said() {
        return said;
    }

    List<String> read() {
        return read;
    }

    // ---- what it does ----

    /** Wait for calls. */
    void attach(FunctionalUnits supported) {
        machine.associations().attach(Line.CONTEXT, supported, called -> {
            association = called;
            called.accept();
            return this;
        });
    }

    /** Wait for calls of another kind. */
    void attachAnew(FunctionalUnits supported) {
        machine.associations().detach(Line.CONTEXT);
        attach(supported);
    }

    void call(FunctionalUnits requirements, TokenSetting tokens) {
        association = machine.associations()
                .associateRequest(
                        new AssociationRequest(
                                Line.CONTEXT,
                                machine.associations().parseAddress(TwoHosts.BOBS_ADDRESS),
                                requirements,
                                tokens),
                        this);
    }

    void say(String line) {
        Octets apdu = words(line);
        take(() -> {
            Pdu pdu = machine.host().pool().take(apdu.length());
            apdu.appendTo(pdu);
            boolean taken = association.dataRequest(pdu);
            if (!taken) {
                pdu.release();
            }
            return taken;
        });
    }

    void sayOutOfTurn(String line) {
        Octets apdu = words(line);
        take(() -> association.typedDataRequest(apdu));
    }

    void cry(String line) {
        Octets apdu = words(line);
        take(() -> association.expeditedDataRequest(apdu));
    }

    void ask(String line) {
        Octets apdu = words(line);
        take(() -> association.capabilityDataRequest(apdu));
    }

    void answer(String line) {
        Octets apdu = words(line);
        take(() -> association.capabilityDataResponse(apdu));
    }

    void step(DialogueStep step) {
        take(() -> association.stepRequest(step));
    }

    void release() {
        association.releaseRequest();
    }

    void answerRelease(boolean affirmative) {
        association.releaseResponse(affirmative);
    }

    void abort() {
        Association aborted = association;
        association = null;
        waiting.clear();
        aborted.abortRequest();
    }

    private Octets words(String line) {
        said.add(line);
        return new Line(line).emit();
    }

    private void take(BooleanSupplier request) {
        if (!waiting.isEmpty() || !request.getAsBoolean()) {
            waiting.add(request);
        }
    }

    @Override
    public void readyIndication() {
        while (!waiting.isEmpty() && waiting.peek().getAsBoolean()) {
            waiting.poll();
        }
    }

    // ---- what it hears ----

    private void heard(String what) {
        prompter.accept(name, what);
    }

    private void heard(String what, Octets apdu) {
        if (!apdu.isEmpty()) {
            Line line = Line.parse(apdu);
            read.add(line == null ? "?" : line.text());
        }
        heard(what);
    }

    @Override
    public void associateConfirm(Association confirmed) {
        association = confirmed;
        heard(ASSOCIATED);
    }

    @Override
    public void dataIndication(Pdu apdu) {
        Octets octets = Octets.of(apdu);
        apdu.release();
        heard(DATA, octets);
    }

    @Override
    public void typedDataIndication(Octets apdu) {
        heard(TYPED_DATA, apdu);
    }

    @Override
    public void expeditedDataIndication(Octets apdu) {
        heard(EXPEDITED_DATA, apdu);
    }

    @Override
    public void capabilityDataIndication(Octets apdu) {
        heard(CAPABILITY_DATA, apdu);
    }

    @Override
    public void capabilityDataConfirm(Octets apdu) {
        heard(CAPABILITY_DATA_CONFIRMED, apdu);
    }

    @Override
    public void stepIndication(DialogueStep step, Octets apdu) {
        heard(step.isAnswer() ? confirmed(step.service()) : step.service(), apdu);
    }

    @Override
    public void releaseIndication() {
        heard(RELEASE);
    }

    @Override
    public void releaseRefused() {
        heard(RELEASE_REFUSED);
    }

    @Override
    public void ended(Ending newEnding, String newDetail) {
        association = null;
        waiting.clear();
        ending = newEnding;
        detail = newDetail;
        heard(END);
    }
}
