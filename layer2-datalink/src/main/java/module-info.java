/** Layer 2, the data link layer: frames between the stations of one link. */
module org.osistack.datalink {
    requires org.osistack.physical;

    exports org.osistack.datalink;

    provides org.osistack.core.LayerProvider with
            org.osistack.datalink.ethernet.EthernetProvider;
}
