/** A cable whose two ends are in the same plug. */
package org.osistack.physical.loopback;
