/** Layer 6, the presentation layer: what the octets mean, and how they are written. */
module org.osistack.presentation {
    requires org.osistack.physical;
    requires org.osistack.session;

    exports org.osistack.presentation;
    exports org.osistack.presentation.ber;
}
