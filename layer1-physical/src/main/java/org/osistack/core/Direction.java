package org.osistack.core;

/** Which way something passes through the layers of a host. */
public enum Direction {
    /** From the application to the medium: requests and responses. */
    DOWN,
    /** From the medium to the application: indications and confirms. */
    UP
}
