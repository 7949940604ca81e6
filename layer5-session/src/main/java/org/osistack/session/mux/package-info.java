/**
 * A session protocol of this project's own: several sessions at once over one transport connection, and one session over
 * several transport connections. Its specification is {@code docs/mux.md}.
 */
package org.osistack.session.mux;
