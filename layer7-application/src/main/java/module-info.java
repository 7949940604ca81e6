/** Layer 7, the application layer: associations, applications, and the command line that people use. */
module org.osistack.application {
    requires org.osistack.physical;
    requires org.osistack.presentation;
    requires com.fasterxml.jackson.core;
    requires com.h2database.mvstore;
    requires com.ongres.scram.common;
    requires info.picocli;
    requires static java.desktop;
    requires jdk.unsupported; // for JLine, which cannot hear of Ctrl-C otherwise
    requires me.tongfei.progressbar;
    requires org.jline.reader;
    requires org.jline.terminal;
    requires static org.knowm.xchart;

    exports org.osistack.application;
    exports org.osistack.application.cut;
    exports org.osistack.application.facade;
    exports org.osistack.application.rose;
    exports org.osistack.application.rtse;
    exports org.osistack.application.security;
    exports org.osistack.application.store;

    // commands: their fields are what is typed
    opens org.osistack.application.bank to
            info.picocli;
    opens org.osistack.application.bench to
            info.picocli;
    opens org.osistack.application.cli to
            info.picocli;
    opens org.osistack.application.chat to
            info.picocli;
    opens org.osistack.application.cut to
            info.picocli;
    opens org.osistack.application.demo to
            info.picocli;
    opens org.osistack.application.echo to
            info.picocli;
    opens org.osistack.application.file to
            info.picocli;
    opens org.osistack.application.isode to
            info.picocli;
    opens org.osistack.application.shell to
            info.picocli;
    opens org.osistack.application.trace to
            info.picocli;

    uses org.osistack.application.ApplicationProvider;
    uses org.osistack.application.cut.Scenario;

    provides org.osistack.application.ApplicationProvider with
            org.osistack.application.bank.BankServer,
            org.osistack.application.http.HttpProvider,
            org.osistack.application.inetd.InetdProvider,
            org.osistack.application.echo.EchoServer,
            org.osistack.application.chat.ChatServer,
            org.osistack.application.file.FileServer,
            org.osistack.application.isode.IsodeEchoServer,
            org.osistack.application.shell.ShellServer;
    provides org.osistack.application.cut.Scenario with
            org.osistack.application.bank.BankScenario,
            org.osistack.application.chat.ChatScenario,
            org.osistack.application.file.FileScenario,
            org.osistack.application.move.MoveScenario,
            org.osistack.application.move.ReuseScenario,
            org.osistack.application.shell.ShellScenario,
            org.osistack.application.story.StoryScenario;
}
