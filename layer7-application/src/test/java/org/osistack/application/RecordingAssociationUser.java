package org.osistack.application;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.DialogueStep;

/** Remembers what an association's user hears, in words, and answers nothing by itself. */
public final class RecordingAssociationUser implements AssociationUser, AssociationListener {
    public Association association;
    public final List<String> heard = new ArrayList<>();
    /** Run at each APDU; null for nothing. */
    public Runnable onData;

    @Override
    public AssociationUser associateIndication(Association newAssociation) {
        association = newAssociation;
        heard.add("associate?");
        return this;
    }

    @Override
    public void associateConfirm(Association newAssociation) {
        association = newAssociation;
        heard.add("associated");
    }

    @Override
    public void dataIndication(Pdu apdu) {
        heard.add("data " + apdu);
        apdu.release();
        if (onData != null) {
            onData.run();
        }
    }

    @Override
    public void typedDataIndication(Octets apdu) {
        heard.add("typed data " + apdu);
    }

    @Override
    public void expeditedDataIndication(Octets apdu) {
        heard.add("expedited data " + apdu);
    }

    @Override
    public void stepIndication(DialogueStep step, Octets apdu) {
        heard.add(step.service() + " " + List.of(step.parameters()) + (apdu.isEmpty() ? "" : " with " + apdu));
    }

    @Override
    public void releaseIndication() {
        heard.add("release?");
    }

    @Override
    public void releaseRefused() {
        heard.add("release refused");
    }

    @Override
    public void ended(Ending ending, String detail) {
        heard.add("ended " + ending + (detail.isEmpty() ? "" : ": " + detail));
    }

    @Override
    public void readyIndication() {
        heard.add("ready");
    }

    /** What was heard since the last call. */
    public List<String> news() {
        List<String> news = List.copyOf(heard);
        heard.clear();
        return news;
    }
}
