/**
 * The Remote Operations Service Element (X.219, X.229): one side invokes operations, the other performs them and answers
 * with a result or an error.
 *
 * <p>{@code RoseService} is where to begin. A {@code RoseConnection} is one association, and carries its APDUs either in
 * P-DATA ({@code DataCarrier}) or by reliable transfer ({@code TransferCarrier}), where the turn has to be asked for.
 */
package org.osistack.application.rose;
