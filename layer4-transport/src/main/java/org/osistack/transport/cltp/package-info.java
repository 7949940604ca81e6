/**
 * The connectionless transport protocol X.234 | ISO/IEC 8602 (CLTP), carried in user datagrams as RFC 1240 has it: one
 * TSDU, one UNIT DATA TPDU, one datagram.
 */
package org.osistack.transport.cltp;
