/**
 * The presentation protocol, X.226 | ISO 8823-1, in normal mode, with the kernel functional unit.
 *
 * <p>{@link org.osistack.presentation.x226.X226Connection} is the protocol machine; the {@code …Ppdu} records and
 * {@link org.osistack.presentation.x226.UserData} are what it and its peer say to each other.
 */
package org.osistack.presentation.x226;
