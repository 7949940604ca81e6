/**
 * The session service (X.215): dialogues between two users, their negotiation, who may speak, and how they end.
 *
 * <p>A session's primitives are values, the records of {@link org.osistack.session.SessionPrimitive}: state table,
 * trace and tests speak of the same things. Only S-DATA, which carries the flow, has methods of its own.
 */
package org.osistack.session;
