/**
 * The transport service (X.214): data between two users, whole and in order, whatever the network does to it; and
 * single units of data without a connection.
 */
package org.osistack.transport;
