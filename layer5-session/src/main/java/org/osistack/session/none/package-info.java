/**
 * The session layer that adds nothing: the kernel and duplex data straight on the transport service, as the Internet's
 * applications have it.
 */
package org.osistack.session.none;
