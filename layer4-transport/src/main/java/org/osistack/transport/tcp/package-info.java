/**
 * The Transmission Control Protocol (RFC 9293). Names of variables are the RFC's: SND.UNA is {@code sndUna}, SEG.ACK is
 * {@code segment.ack}.
 *
 * <pre>
 *   TcpEntity ─── SegmentArrival        what is done when a segment arrives (§3.10.7)
 *    │  │  └───── Listener
 *    │  └──────── SegmentWriter         builds segments
 *    └─ TcpConnection ─┬─ Opening       the handshake, and the answer of the listener's user
 *        (the TCB)     ├─ Sender        SND.* ── SendBuffer, Flight, LossRecovery ── Rack, CongestionControl
 *                      ├─ Receiver      RCV.* ── Reassembly
 *                      └─ Delivery      what the user hears, in order
 * </pre>
 */
package org.osistack.transport.tcp;
