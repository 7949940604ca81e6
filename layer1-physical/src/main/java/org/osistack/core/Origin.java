package org.osistack.core;

/**
 * Which protocol machine something happened in.
 *
 * @param layer from 1 to 7
 * @param protocol the protocol's name as its standard writes it, such as {@code TCP}
 * @param connection what tells its connections apart for a reader, such as {@code 49152 → 102}; empty if there is none
 */
public record Origin(int layer, String protocol, String connection) {
    public Origin(int layer, String protocol) {
        this(layer, protocol, "");
    }
}
