/** Layer 7, the application layer: associations, applications, and the command line that people use. */
module org.osistack.application {
    requires org.osistack.physical;
    requires org.osistack.presentation;
    requires info.picocli;

    exports org.osistack.application;
    exports org.osistack.application.facade;

    opens org.osistack.application.cli to
            info.picocli; // commands: their fields are what is typed

    uses org.osistack.application.ApplicationProvider;

    provides org.osistack.application.ApplicationProvider with
            org.osistack.application.echo.EchoServer,
            org.osistack.application.chat.ChatServer,
            org.osistack.application.file.FileServer;
}
