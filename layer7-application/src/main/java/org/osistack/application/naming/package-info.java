/** Names for hosts on one link, without a server: multicast DNS (RFC 6762). */
package org.osistack.application.naming;
