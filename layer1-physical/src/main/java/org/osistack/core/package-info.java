/**
 * The vocabulary that all seven layers share. Nothing here is physical: it lives in layer 1's module because every
 * layer stands on that one.
 *
 * <ul>
 *   <li>Data: {@link org.osistack.core.Pdu} and {@link org.osistack.core.PduPool}, {@link org.osistack.core.Checksum},
 *       {@link org.osistack.core.Selector}.
 *   <li>Time: {@link org.osistack.core.Timer}, {@link org.osistack.core.EventLoop}; a {@link org.osistack.core.Host}
 *       lives in a {@link org.osistack.core.HostGroup}: a {@link org.osistack.core.Simulation} in virtual time or a
 *       {@link org.osistack.core.HostThread} in real time.
 *   <li>Composition: {@link org.osistack.core.LayerProvider}, {@link org.osistack.core.StackSpec},
 *       {@link org.osistack.core.Stack}, {@link org.osistack.core.Options}.
 *   <li>What a reader sees: {@link org.osistack.core.Trace} and its events, {@link org.osistack.core.Dissector},
 *       {@link org.osistack.core.Observer}, {@link org.osistack.core.Discards}.
 * </ul>
 */
package org.osistack.core;
