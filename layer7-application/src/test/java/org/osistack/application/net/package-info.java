/**
 * What integration tests on real interfaces need: network namespaces joined by virtual wires, programs that run inside,
 * captures and a judge for them. Needs root; where it can't be had, tests are skipped with the reason, except in CI.
 */
package org.osistack.application.net;
