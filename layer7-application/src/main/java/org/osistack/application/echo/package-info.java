/** What is sent comes back: the smallest application, and the one that measures a round trip through all layers. */
package org.osistack.application.echo;
