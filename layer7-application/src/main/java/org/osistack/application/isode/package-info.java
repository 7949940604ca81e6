/** The echo of ISODE's test programs over each service from transport to remote operations, and the client for it. */
package org.osistack.application.isode;
