package org.osistack.core;

import java.util.List;

/**
 * Layer management (X.700): the network interfaces of this machine, for people who have to choose one. A provider of
 * layer 1 that opens interfaces by name implements it, so it can be asked before any stack is open.
 */
public interface InterfaceDirectory {
    /** The interfaces, by name. Needs no rights, and no library that may be missing. */
    List<InterfaceDescription> interfaces();

    /**
     * What keeps this provider from opening any interface on this machine, in a sentence that names the cure, such as
     * that a library or a right is missing; empty if nothing is known to.
     */
    String obstacle();
}
