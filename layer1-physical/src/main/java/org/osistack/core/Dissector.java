package org.osistack.core;

/**
 * Explains the PDUs of one protocol, or of the protocols of one provider: which octets are whose, each field by name
 * and value. The text trace, the JSON trace and the capture's comments all print what it says.
 *
 * <p>One dissector serves one connection of one host, both directions, so it may remember what was negotiated. It is
 * used only while a trace is on, and must cope with any octets at all.
 */
@FunctionalInterface
public interface Dissector {
    /** Explains nothing: the octets are the user's own. */
    Dissector NONE = (pdu, sap, direction, out) -> {};

    /**
     * Explain one PDU. The dissector only reads it.
     *
     * @param pdu the octets as they cross the service access point below the protocol
     * @param sap what the service below uses to tell its users apart, such as an EtherType; null where it needs nothing
     * @param direction whether the PDU is on its way down or up
     * @param out takes the explanation
     */
    void dissect(Pdu pdu, Object sap, Direction direction, Dissection out);
}
