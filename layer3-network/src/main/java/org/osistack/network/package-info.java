/** The network service (X.213), connectionless mode: SDUs between hosts, over whatever links lie between them. */
package org.osistack.network;
