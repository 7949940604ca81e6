/**
 * The session protocol X.225 | ISO/IEC 8327-1: the SPDUs, the session protocol machine that its state table drives, and
 * how both stand on a transport service.
 */
package org.osistack.session.x225;
