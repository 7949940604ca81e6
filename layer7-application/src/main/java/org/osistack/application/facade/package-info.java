/**
 * Blocking calls for simple programs, much like those of sockets, on top of a stack that runs on a thread of its own.
 * Nothing here is part of the stack: each call stands for presentation primitives, and layer 7's README has the table.
 */
package org.osistack.application.facade;
