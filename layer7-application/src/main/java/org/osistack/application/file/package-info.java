/**
 * Files and folders to and from a peer: each arrives whole, checked by its SHA-256, or not at all.
 *
 * <p>{@code FileApdu} has the protocol; {@code FileSender} and {@code FileReceiver} are its two machines, and each side
 * of an association can be either; {@code Outbox} and {@code Inbox} are where octets come from and go to.
 */
package org.osistack.application.file;
