/**
 * Cut it anywhere: points at which a dialogue can be interrupted, what is done there, and scenarios that are run once for
 * every such point, to see what the interruption costs.
 */
package org.osistack.application.cut;
