/** ARP: the data link addresses of neighbours (RFC 826), and who may use which address of the link (RFC 3927, 5227). */
package org.osistack.network.arp;
