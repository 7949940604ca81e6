/** Writes down the frames of a trace so that Wireshark can read them. */
package org.osistack.core.capture;
