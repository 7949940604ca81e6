/** Layer 4, the transport layer: data between users on hosts, whole and in order. */
module org.osistack.transport {
    requires org.osistack.physical;
    requires org.osistack.network;

    exports org.osistack.transport;

    provides org.osistack.core.LayerProvider with
            org.osistack.transport.tcp.TcpProvider,
            org.osistack.transport.tpkt.TpktProvider;
}
