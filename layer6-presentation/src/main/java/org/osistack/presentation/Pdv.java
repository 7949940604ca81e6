package org.osistack.presentation;

import org.osistack.core.Octets;

/**
 * A presentation data value of one context.
 *
 * @param context the presentation context identifier
 * @param value the value in the context's transfer syntax; with BER, one whole encoding
 */
public record Pdv(int context, Octets value) {}
