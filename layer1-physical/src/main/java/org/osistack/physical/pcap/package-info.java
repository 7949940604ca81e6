/**
 * Real Ethernet through libpcap, on every system that has it. pcap4j is used for the device alone: octets in, octets
 * out.
 */
package org.osistack.physical.pcap;
