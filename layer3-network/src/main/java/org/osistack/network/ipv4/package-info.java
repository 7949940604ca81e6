/** The Internet Protocol, version 4 (RFC 791, RFC 1122 §3), with ICMP (RFC 792), which is an integral part of it. */
package org.osistack.network.ipv4;
