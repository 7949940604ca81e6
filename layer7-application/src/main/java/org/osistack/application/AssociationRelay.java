package org.osistack.application;

import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Tokens;

/** Stands between an association and its user, and hands everything through; whoever wants to notice something extends it. */
public class AssociationRelay implements Association, AssociationUser {
    /** The association as the service has it; null as long as it is being asked for. */
    protected Association below;
    /** Who uses it. */
    protected AssociationUser user;

    @Override
    public void accept(Octets userInformation) {
        below.accept(userInformation);
    }

    @Override
    public Octets userInformation() {
        return below.userInformation();
    }

    @Override
    public ConnectionIdentifier peerIdentifier() {
        return below.peerIdentifier();
    }

    @Override
    public void refuse(String reason) {
        below.refuse(reason);
    }

    @Override
    public void refuse(String reason, Octets userInformation) {
        below.refuse(reason, userInformation);
    }

    @Override
    public boolean dataRequest(Pdu apdu) {
        return below.dataRequest(apdu);
    }

    @Override
    public boolean typedDataRequest(Octets apdu) {
        return below.typedDataRequest(apdu);
    }

    @Override
    public boolean expeditedDataRequest(Octets apdu) {
        return below.expeditedDataRequest(apdu);
    }

    @Override
    public boolean stepRequest(DialogueStep step, Octets apdu) {
        return below.stepRequest(step, apdu);
    }

    @Override
    public void releaseRequest() {
        below.releaseRequest();
    }

    @Override
    public void releaseRequest(Octets userInformation) {
        below.releaseRequest(userInformation);
    }

    @Override
    public void releaseResponse(boolean affirmative) {
        below.releaseResponse(affirmative);
    }

    @Override
    public void releaseResponse(boolean affirmative, Octets userInformation) {
        below.releaseResponse(affirmative, userInformation);
    }

    @Override
    public void abortRequest() {
        below.abortRequest();
    }

    @Override
    public void abortRequest(Octets userInformation) {
        below.abortRequest(userInformation);
    }

    @Override
    public FunctionalUnits functionalUnits() {
        return below.functionalUnits();
    }

    @Override
    public SerialNumbers serialNumbers() {
        return below.serialNumbers();
    }

    @Override
    public Tokens ownTokens() {
        return below.ownTokens();
    }

    @Override
    public int sessionNumber() {
        return below.sessionNumber();
    }

    @Override
    public String peer() {
        return below.peer();
    }

    @Override
    public String user() {
        return below.user();
    }

    @Override
    public boolean wasAnswered() {
        return below.wasAnswered();
    }

    @Override
    public void pause() {
        below.pause();
    }

    @Override
    public void resume() {
        below.resume();
    }

    @Override
    public void associateConfirm(Association association) {
        user.associateConfirm(this);
    }

    @Override
    public void dataIndication(Pdu apdu) {
        user.dataIndication(apdu);
    }

    @Override
    public void typedDataIndication(Octets apdu) {
        user.typedDataIndication(apdu);
    }

    @Override
    public void expeditedDataIndication(Octets apdu) {
        user.expeditedDataIndication(apdu);
    }

    @Override
    public void stepIndication(DialogueStep step, Octets apdu) {
        user.stepIndication(step, apdu);
    }

    @Override
    public void releaseIndication() {
        user.releaseIndication();
    }

    @Override
    public void releaseIndication(Octets userInformation) {
        user.releaseIndication(userInformation);
    }

    @Override
    public void releaseRefused() {
        user.releaseRefused();
    }

    @Override
    public void ended(Ending ending, String detail) {
        user.ended(ending, detail);
    }

    @Override
    public void ended(Ending ending, String detail, Octets userInformation) {
        user.ended(ending, detail, userInformation);
    }

    @Override
    public void readyIndication() {
        user.readyIndication();
    }
}
