/** Messages of the domain name system (RFC 1035), as octets and as values. */
package org.osistack.application.naming.dns;
