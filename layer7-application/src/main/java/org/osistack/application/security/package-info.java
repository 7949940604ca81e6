/**
 * Who somebody is: how an initiator proves its identity once per association, and how a responder checks it.
 *
 * <p>ACSE's authentication functional unit carries {@link org.osistack.application.security.AuthenticationValue}s. An
 * initiator gets them from its {@link org.osistack.application.security.Credentials}; a responder asks its {@link
 * org.osistack.application.security.Authenticator}, which is a {@link org.osistack.application.security.Gatekeeper} as a
 * rule. Three mechanisms are there: a password as it is, SCRAM-SHA-256, and tickets that spare asking for the password
 * again.
 */
package org.osistack.application.security;
