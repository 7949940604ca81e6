/**
 * An Ethernet between the processes of one machine, without privileges: whoever names the same segment is on it.
 *
 * <p>The process that comes first is the hub (IEEE 802.3 clause 27 calls it a repeater): it binds a Unix-domain socket
 * and repeats each frame of a member to all others. When it ends, however abruptly, the members race for its place.
 *
 * <pre>
 *     process 1                 process 2                process 3
 *   +-----------+             +-----------+            +-----------+
 *   | station   |             | station   |            | station   |   thread of the hosts
 *   |-----------|             |-----------|            |-----------|
 *   | uplink    |             | uplink    |            | uplink    |   the reactor, one
 *   |    \ hub _|_____________|___/       |            |    /      |   thread a process
 *   |      \____|_____________|___________|____________|___/       |
 *   +-----------+             +-----------+            +-----------+
 * </pre>
 *
 * <p>On the sockets, each frame follows its length, as with QEMU's {@code -netdev stream}:
 *
 * <pre>
 *   +--------+--------+--------+--------+--------- - - - ---------+
 *   |     length (4 octets, big endian) |  frame (length octets)  |
 *   +--------+--------+--------+--------+--------- - - - ---------+
 * </pre>
 */
package org.osistack.physical.segment;
