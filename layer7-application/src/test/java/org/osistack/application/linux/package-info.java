/**
 * The whole stack on real interfaces, with Linux, its programs and its judges as the peers: each test runs {@code osi}
 * as a person would, in network namespaces of its own.
 */
package org.osistack.application.linux;
