/** Ethernet II: the MAC frame of IEEE 802.3 with an EtherType, its filter and its frame check sequence. */
package org.osistack.datalink.ethernet;
