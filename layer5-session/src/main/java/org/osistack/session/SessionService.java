package org.osistack.session;

import org.osistack.core.NetworkAddress;

/**
 * What layer 5 offers to layer 6: dialogues between two users.
 *
 * <table>
 *   <caption>Primitives</caption>
 *   <tr><td>S-CONNECT</td><td>{@link #connectRequest}, {@link SessionListener#connectIndication}, then
 *       {@link SessionPrimitive.ConnectAnswer}</td></tr>
 *   <tr><td>S-DATA</td><td>{@link SessionConnection#dataRequest}, {@link SessionUser#dataIndication}</td></tr>
 *   <tr><td>all others</td><td>{@link SessionConnection#request}, {@link SessionUser#indication}, with a
 *       {@link SessionPrimitive}</td></tr>
 *   <tr><td>S-UNIT-DATA</td><td>{@link #connectionless()}</td></tr>
 * </table>
 *
 * <p>This is what every provider has: the kernel and duplex data, in which a user's data on S-CONNECT, S-RELEASE and
 * S-U-ABORT may be refused and the boundaries of SSDUs may be lost. {@link DialogueService} has the rest.
 */
public interface SessionService {
    /**
     * Hear of connections to this address.
     *
     * @throws IllegalStateException if somebody else does already
     */
    void attach(SessionAddress local, SessionListener listener);

    /** Hear no more of them. Connections that exist go on. */
    void detach(SessionAddress local);

    /**
     * S-CONNECT.request: open a session connection. The user hears the answer later, never before this call returns.
     *
     * @throws IllegalArgumentException if this provider cannot carry what is asked for
     */
    SessionConnection connectRequest(SessionPrimitive.Connect connect, SessionUser user);

    /** Whether the boundaries of SSDUs are kept. */
    boolean keepsBoundaries();

    /** As the transport service's. */
    NetworkAddress parseAddress(String text);

    /** The connectionless mode of this layer; null if it has none. */
    ConnectionlessSession connectionless();
}
