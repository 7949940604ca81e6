/**
 * The dialogue of an echo with those who test it, over the session or the presentation service alike, and the module that
 * has it right on the session service.
 */
package org.osistack.presentation.echo;
