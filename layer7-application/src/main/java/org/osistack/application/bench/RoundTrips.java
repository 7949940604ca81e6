package org.osistack.application.bench;

/**
 * How long answers took.
 *
 * @param count how many there were
 * @param p50Nanos half of them came within this time
 * @param p99Nanos 99 % of them came within this time
 */
record RoundTrips(long count, long p50Nanos, long p99Nanos) {}
