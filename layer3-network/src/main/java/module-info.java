/** Layer 3, the network layer: datagrams between hosts on any link. */
module org.osistack.network {
    requires org.osistack.physical;
    requires org.osistack.datalink;

    exports org.osistack.network;

    provides org.osistack.core.LayerProvider with
            org.osistack.network.ipv4.Ipv4Provider;
}
