/**
 * The presentation service (X.216): values of abstract syntaxes between two users, in transfer syntaxes that the two
 * sides agree on, and the session services handed through.
 *
 * <p>As in the session layer, primitives are values; only P-DATA has methods of its own.
 */
package org.osistack.presentation;
