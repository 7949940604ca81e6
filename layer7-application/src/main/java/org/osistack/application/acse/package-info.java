/**
 * The association control service element, X.217 and X.227 | ISO 8649 and 8650-1: how an application's association
 * begins, ends, and is cut off.
 *
 * <p>{@link org.osistack.application.acse.Acpm} is the protocol machine; the records of
 * {@link org.osistack.application.acse.AcseApdu} are what it and its peer say to each other.
 */
package org.osistack.application.acse;
