/**
 * The {@code inetd} application: the small services that every host once had, echo (RFC 862), discard (RFC 863), daytime
 * (RFC 867) and the character generator (RFC 864), over TCP and UDP.
 */
package org.osistack.application.inetd;
