/**
 * What a bad link does to frames: it delays, loses, repeats, reorders and corrupts them, by chance and from a seed.
 *
 * <p>A medium puts an {@link org.osistack.physical.impairment.ImpairedLink} between its {@code dataRequest} and its
 * device, or between two of its stations, and configures it with
 * {@link org.osistack.physical.impairment.Impairments}, which reads the options.
 */
package org.osistack.physical.impairment;
