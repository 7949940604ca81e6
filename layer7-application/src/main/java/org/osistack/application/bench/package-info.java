/**
 * {@code osi bench}: how much a stack carries, and how fast an answer comes back, over each medium, beside what the
 * kernel of this machine does on the same wire.
 *
 * <p>A {@link org.osistack.application.bench.Participant} stands at either end: a stack of ours, or the kernel's
 * sockets. The one that measures connects to the other and asks for a flood of octets, or for an echo; so a figure is
 * always taken where the octets come out.
 */
package org.osistack.application.bench;
