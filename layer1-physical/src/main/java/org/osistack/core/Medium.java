package org.osistack.core;

/**
 * What the layers above may know of the medium below. Passed up unchanged by each service.
 *
 * @param name what a reader calls it, such as {@code virtual Ethernet "lab"}
 * @param mtu the longest SDU of the data link layer that a frame can carry, in octets
 * @param stationMakesFcs whether layer 2 generates and checks the frame check sequence (on virtual media); on real ones
 *     the network interface does
 * @param partialChecksums whether frames may arrive whose transport checksum was left to the interface and holds the
 *     sum of the pseudo-header only: the octets never left this machine, so they count as unharmed
 * @param maxReceiveLength the longest frame that may be handed up, in octets; more than a frame on the wire where the
 *     interface merges segments
 * @param hearsItself whether a station hears the frames that it sends itself, as on a loopback: what a host sends to its
 *     own address goes all the way down and up again
 */
public record Medium(
        String name,
        int mtu,
        boolean stationMakesFcs,
        boolean partialChecksums,
        int maxReceiveLength,
        boolean hearsItself) {
    /** A medium whose stations hear others only. */
    public Medium(String name, int mtu, boolean stationMakesFcs, boolean partialChecksums, int maxReceiveLength) {
        this(name, mtu, stationMakesFcs, partialChecksums, maxReceiveLength, false);
    }
}
