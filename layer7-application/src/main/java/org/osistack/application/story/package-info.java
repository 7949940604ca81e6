/**
 * One story told with every functional unit of the session service: a scenario, and what is said about it.
 */
package org.osistack.application.story;
