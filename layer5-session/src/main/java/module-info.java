/** Layer 5, the session layer: dialogues between two users, who speaks when, and how they end. */
module org.osistack.session {
    requires org.osistack.physical;
    requires org.osistack.transport;

    exports org.osistack.session;

    provides org.osistack.core.LayerProvider with
            org.osistack.session.echo.TransportEchoProvider,
            org.osistack.session.mux.MuxProvider,
            org.osistack.session.none.NoneProvider,
            org.osistack.session.x225.X225Provider;
}
