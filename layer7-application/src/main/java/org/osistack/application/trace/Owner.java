package org.osistack.application.trace;

/**
 * Who wrote some octets.
 *
 * @param layer from 1 to 7; {@link #USER} for the words of the user
 * @param name the PDU that they are the control information of, as a person reads it
 */
record Owner(int layer, String name) {
    /** Above all layers: what the whole is for. */
    static final int USER = 8;
}
