/** Layer 1, the physical layer, and the vocabulary that all layers share. */
module org.osistack.physical {
    requires org.pcap4j.core;

    exports org.osistack.core;
    exports org.osistack.core.capture;
    exports org.osistack.core.dialogue;
    exports org.osistack.core.management;
    exports org.osistack.physical;

    uses org.osistack.core.LayerProvider;

    provides org.osistack.core.LayerProvider with
            org.osistack.physical.loopback.LoopbackProvider,
            org.osistack.physical.pcap.PcapProvider,
            org.osistack.physical.segment.SegmentProvider,
            org.osistack.physical.virtual.VirtualProvider;
}
