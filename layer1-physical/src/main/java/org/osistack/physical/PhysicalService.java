package org.osistack.physical;

import org.osistack.core.Medium;
import org.osistack.core.Pdu;

/**
 * What layer 1 offers to layer 2: frames onto a medium and off it.
 *
 * <table>
 *   <caption>Primitives</caption>
 *   <tr><td>PH-DATA.request</td><td>{@link #dataRequest}</td></tr>
 *   <tr><td>PH-DATA.indication</td><td>{@link PhysicalUser#dataIndication}</td></tr>
 *   <tr><td>PH-STATUS.indication</td><td>{@link PhysicalUser#statusIndication}</td></tr>
 * </table>
 */
public interface PhysicalService {
    /**
     * Become the user of this service.
     *
     * @throws IllegalStateException if it has one already
     */
    void attach(PhysicalUser user);

    /**
     * PH-DATA.request: send a frame. It begins with the destination address; it ends with the frame check sequence if
     * {@link Medium#stationMakesFcs()}. The frame is taken over; a medium that can't take it discards it.
     */
    void dataRequest(Pdu frame);

    Medium medium();

    /** The address that the interface has of its own, in the low 48 bits; -1 if it has none. */
    default long hardwareAddress() {
        return -1;
    }
}
