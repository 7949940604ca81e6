/**
 * Session management over the network: an operator lists the sessions of a server and ends them, by remote operations
 * (X.219, X.229) in P-DATA. The server's side is {@link org.osistack.application.management.SessionManager}, the operator's
 * is {@link org.osistack.application.management.ManagementClient}.
 */
package org.osistack.application.management;
