package org.osistack.session;

import java.util.List;

/** Layer management (X.700) of layer 5: what an operator may ask of it. */
public interface SessionManagement {
    /** The session connections that exist at this moment, oldest first. */
    List<SessionStatus> sessions();
}
