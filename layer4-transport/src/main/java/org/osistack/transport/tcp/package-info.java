/**
 * The Transmission Control Protocol (RFC 9293). Names of variables are the RFC's: SND.UNA is {@code sndUna}, SEG.ACK is
 * {@code segment.ack}.
 *
 * <pre>
 *   TcpEntity ─── SegmentArrival        what is done when a segment arrives (§3.10.7)
 *    │  │  └───── Listener
 *    │  └──────── SegmentWriter         builds segments
 *    └─ TcpConnection ─┬─ Sender        SND.* ── SendBuffer, Flight, LossRecovery ── Rack, CongestionControl
 *        (the TCB)     ├─ Receiver      RCV.* ── Reassembly
 *                      └─ Delivery      what the user hears, in order
 * </pre>
 */
package org.osistack.transport.tcp;
