package org.osistack.transport;

/** A transport service that keeps the boundaries of TSDUs, as X.214 has it. */
public interface RecordTransport extends TransportService {}
