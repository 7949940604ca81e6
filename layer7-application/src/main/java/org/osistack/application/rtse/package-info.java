/**
 * The Reliable Transfer Service Element (X.218, X.228, normal mode): transfers APDUs of any length, one at a time, each
 * exactly once, whatever happens to the associations that carry them.
 *
 * <p>An APDU is an activity of the session service. Its octets travel in RTTR APDUs with a minor synchronization point
 * behind each, and the receiver confirms a point when it has secured what came before. After a cut the side that asked
 * for the association asks for another, and the activity is resumed at the last confirmed point.
 *
 * <p>{@code RtseService} is where to begin, {@code ReliableTransfer} and {@code ReliableTransferUser} are the two sides
 * of the service, {@code Rtpm} is the protocol machine, and its state table is the file {@code state-table.tsv}.
 */
package org.osistack.application.rtse;
