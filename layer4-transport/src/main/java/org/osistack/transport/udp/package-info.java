/** The User Datagram Protocol (RFC 768, RFC 1122 §4.1): the connectionless transport service of the Internet. */
package org.osistack.transport.udp;
