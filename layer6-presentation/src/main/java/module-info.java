/** Layer 6, the presentation layer: what the octets mean, and how they are written. */
module org.osistack.presentation {
    requires org.osistack.physical;
    requires org.osistack.session;

    exports org.osistack.presentation;
    exports org.osistack.presentation.ber;
    exports org.osistack.presentation.echo;

    provides org.osistack.core.LayerProvider with
            org.osistack.presentation.echo.SessionEchoProvider,
            org.osistack.presentation.plain.PlainProvider,
            org.osistack.presentation.x226.X226Provider;
}
