/** {@code osi demo}: two hosts in one process, and the story of what they say to each other. */
package org.osistack.application.demo;
