/**
 * The words in which the upper three layers speak of a dialogue: functional units, tokens, and the name of a session
 * connection. X.215 defines them, X.216 and X.217 offer them upward unchanged, so they belong to no layer alone.
 */
package org.osistack.core.dialogue;
