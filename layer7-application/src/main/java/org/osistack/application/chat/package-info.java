/** Lines of text between people: what one says, all others in the room read. */
package org.osistack.application.chat;
