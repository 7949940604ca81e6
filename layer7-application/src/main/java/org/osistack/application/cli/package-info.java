/** The {@code osi} command: what people type, and the words that they get back. */
package org.osistack.application.cli;
