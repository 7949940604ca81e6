/** Dialogues and transport connections unglued: sessions that take turns on one, and dialogues that move to another. */
package org.osistack.application.move;
