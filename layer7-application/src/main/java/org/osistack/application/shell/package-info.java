/** A remote line terminal that runs what its server allows, and whose session outlives its connections. */
package org.osistack.application.shell;
