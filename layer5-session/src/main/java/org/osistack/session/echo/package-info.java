/** An echo in the place of layer 5, right on the transport service. */
package org.osistack.session.echo;
