/**
 * The Basic Encoding Rules (X.690 §8), for whoever writes or reads values of ASN.1 types by hand.
 *
 * <p>An encoding is an identifier (the {@link org.osistack.presentation.ber.Tag}), a length, and contents that are
 * either a primitive value or more encodings. {@link org.osistack.presentation.ber.BerWriter} writes them with definite
 * lengths in as few octets as possible, {@link org.osistack.presentation.ber.BerReader} reads whatever the rules allow.
 */
package org.osistack.presentation.ber;
