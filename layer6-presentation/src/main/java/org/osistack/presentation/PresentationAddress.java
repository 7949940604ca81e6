package org.osistack.presentation;

import org.osistack.core.NetworkAddress;
import org.osistack.core.Selector;

/**
 * The address of a presentation service access point (X.650): the selectors of three layers at a host.
 *
 * @param presentation the presentation selector
 * @param session the session selector
 * @param transport the transport selector
 * @param port of the transport protocol below; 0 for its default, or one that the provider chooses
 * @param host null to stand for any address of this host, or for the one that the provider chooses
 */
public record PresentationAddress(
        Selector presentation, Selector session, Selector transport, int port, NetworkAddress host) {
    /** An address without selectors. */
    public PresentationAddress(NetworkAddress host, int port) {
        this(Selector.EMPTY, Selector.EMPTY, Selector.EMPTY, port, host);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(host == null ? "*" : host.toString());
        if (port != 0) {
            text.append(':').append(port);
        }
        if (!presentation.isEmpty() || !session.isEmpty() || !transport.isEmpty()) {
            text.append(" P=")
                    .append(presentation)
                    .append(" S=")
                    .append(session)
                    .append(" T=")
                    .append(transport);
        }
        return text.toString();
    }
}
