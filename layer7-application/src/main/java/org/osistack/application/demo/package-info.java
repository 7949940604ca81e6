/** Two hosts, a chat line and a file, told as a story: what {@code osi demo} shows. */
package org.osistack.application.demo;
