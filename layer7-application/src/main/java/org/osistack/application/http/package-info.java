/**
 * The {@code http} application: serves a folder to browsers by HTTP/1.1 (RFC 9110, RFC 9112) over plain TCP, and the
 * client that {@code osi http} uses.
 */
package org.osistack.application.http;
