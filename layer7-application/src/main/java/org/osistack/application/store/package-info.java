/**
 * The embedded store: what a program has to remember although it is killed, such as how far a transfer has come.
 *
 * <p>{@link org.osistack.application.store.Store} is a thin, narrow front of H2's MVStore, a log-structured store in one
 * file.
 */
package org.osistack.application.store;
