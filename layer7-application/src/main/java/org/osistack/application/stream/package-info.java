/**
 * Associations without a protocol of their own, for stacks without layers 5 and 6: the connection is the association,
 * and the BER encodings of the APDUs follow one another in it.
 */
package org.osistack.application.stream;
