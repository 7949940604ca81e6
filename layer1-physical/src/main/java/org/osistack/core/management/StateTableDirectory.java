package org.osistack.core.management;

/**
 * Layer management (X.700): the state table of a protocol. A provider whose protocol has one implements it, so it can be
 * asked before any stack is open.
 */
public interface StateTableDirectory {
    /** The table that its machines run from. */
    StateTable stateTable();
}
