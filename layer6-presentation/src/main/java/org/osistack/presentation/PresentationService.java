package org.osistack.presentation;

import org.osistack.core.NetworkAddress;

/**
 * What layer 6 offers to layer 7: values between two users.
 *
 * <table>
 *   <caption>Primitives</caption>
 *   <tr><td>P-CONNECT</td><td>{@link #connectRequest}, {@link PresentationListener#connectIndication}, then
 *       {@link PresentationPrimitive.ConnectAnswer}</td></tr>
 *   <tr><td>P-DATA</td><td>{@link PresentationConnection#dataRequest}, {@link PresentationUser#dataIndication}; with
 *       several values, as all others</td></tr>
 *   <tr><td>P-UNIT-DATA</td><td>{@link #connectionless()}</td></tr>
 *   <tr><td>all others</td><td>{@link PresentationConnection#request}, {@link PresentationUser#indication}, with a
 *       {@link PresentationPrimitive}</td></tr>
 * </table>
 *
 * <p>This is what every provider has; {@link NegotiatedPresentation} adds contexts.
 */
public interface PresentationService {
    /**
     * Hear of connections to this address.
     *
     * @throws IllegalStateException if somebody else does already
     */
    void attach(PresentationAddress local, PresentationListener listener);

    /** Hear no more of them. Connections that exist go on. */
    void detach(PresentationAddress local);

    /**
     * P-CONNECT.request: open a presentation connection. The user hears the answer later, never before this call
     * returns.
     *
     * @throws IllegalArgumentException if this provider cannot carry what is asked for
     */
    PresentationConnection connectRequest(PresentationPrimitive.Connect connect, PresentationUser user);

    /** Whether each value arrives as one value; if not, values are octets of a stream. */
    boolean keepsBoundaries();

    /** As the session service's. */
    NetworkAddress parseAddress(String text);

    /** The connectionless mode of this layer; null if it has none. */
    ConnectionlessPresentation connectionless();
}
