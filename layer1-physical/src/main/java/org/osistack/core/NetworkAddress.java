package org.osistack.core;

/**
 * The address of a host's network entity, in the form of one network protocol. The layers above the network pass it
 * along and never look inside. Values are immutable, and equal if they stand for the same address.
 */
public interface NetworkAddress {
    /** The address as a person writes it. */
    @Override
    String toString();
}
