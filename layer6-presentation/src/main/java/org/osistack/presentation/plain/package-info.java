/** A presentation layer that adds nothing: the session service's octets are the values. */
package org.osistack.presentation.plain;
