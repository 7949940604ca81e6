/**
 * The presentation protocol, X.226 | ISO 8823-1, in normal mode, with all its functional units.
 *
 * <p>{@link org.osistack.presentation.x226.Ppm} is the protocol machine, with {@link
 * org.osistack.presentation.x226.X226Connection} above it and {@link org.osistack.presentation.x226.Arrivals} below. What
 * belongs to one procedure is in a class of its own: {@link org.osistack.presentation.x226.Establishment}, {@link
 * org.osistack.presentation.x226.DataPhase}, {@link org.osistack.presentation.x226.ContextManagement}, {@link
 * org.osistack.presentation.x226.DialogueSteps}. The {@code …Ppdu} records and {@link
 * org.osistack.presentation.x226.UserData} are what the machine and its peer say to each other.
 */
package org.osistack.presentation.x226;
