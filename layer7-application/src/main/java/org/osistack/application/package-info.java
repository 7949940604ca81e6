/**
 * What applications stand on: associations with a peer (X.217), and the interface by which an application becomes part
 * of the {@code osi} command.
 */
package org.osistack.application;
