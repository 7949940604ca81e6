/** An Ethernet in memory, between any number of hosts of one group, as good or as bad as it is told to be. */
package org.osistack.physical.virtual;
