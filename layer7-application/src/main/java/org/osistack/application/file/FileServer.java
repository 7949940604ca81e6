package org.osistack.application.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationProvider;
import org.osistack.application.Association;
import org.osistack.application.AssociationUser;
import org.osistack.application.rtse.RtseService;
import org.osistack.application.store.StoreException;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Dissector;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;

/** The application {@code file}: a folder that peers send files to and get files from. */
public final class FileServer implements ApplicationProvider {
    private static final int MAX_ASSOCIATIONS = 100;
    private static final String DEFAULT_FOLDER = "shared";

    @Override
    public String name() {
        return "file";
    }

    @Override
    public String description() {
        return "takes files and folders from peers and gives them, whole and checked by SHA-256";
    }

    @Override
    public List<String> standards() {
        return List.of();
    }

    @Override
    public String argument() {
        return "FOLDER";
    }

    @Override
    public Needs needs() {
        return Needs.ASSOCIATIONS;
    }

    @Override
    public ApplicationContext context() {
        return FileApplication.CONTEXT;
    }

    @Override
    public void serve(Environment environment, String argument) {
        Path folder = Path.of(argument == null ? DEFAULT_FOLDER : argument);
        checkUsable(folder);
        if (RtseService.isPossibleOver(environment.associations())) {
            Disk disk = new Disk(environment.host());
            Ledger ledger = ledger(environment, disk);
            serve(environment, folder, disk, ledger);
            environment.onClose(() -> {
                disk.close();
                ledger.commit();
                ledger.close();
            });
            return;
        }
        Acceptor acceptor = new Acceptor(folder, environment);
        environment
                .associations()
                .attach(FileApplication.CONTEXT, FunctionalUnits.of(FunctionalUnit.DUPLEX), acceptor::accept);
    }

    /** Serve by reliable transfer. */
    static ReliableServer serve(Environment environment, Path folder, Disk disk, Ledger ledger) {
        ReliableServer server = new ReliableServer(environment.host(), folder, disk, ledger, environment.log());
        server.attach(environment.associations());
        return server;
    }

    private static Ledger ledger(Environment environment, Disk disk) {
        Path folder = environment.stateFolder();
        try {
            try {
                if (folder != null) {
                    return Ledger.open(folder, disk, environment.log());
                }
            } catch (StoreException e) {
                environment
                        .log()
                        .accept("file: " + e.getMessage() + "; transfers will not survive the end of this server");
            }
            return Ledger.ofProcess(disk, environment.log());
        } catch (StoreException | IOException e) {
            throw new ConfigurationException("file: there is no place to remember transfers: " + e.getMessage(), e);
        }
    }

    private static void checkUsable(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new ConfigurationException("file: cannot make the folder " + folder + ": " + Inbox.why(e), e);
        }
        if (!Files.isWritable(folder)) {
            throw new ConfigurationException("file: the folder " + folder + " is not writable");
        }
    }

    @Override
    public Dissector newDissector() {
        return new FileDissector();
    }

    private static final class Acceptor {
        private final Path folder;
        private final Environment environment;
        private int associations;

        Acceptor(Path folder, Environment environment) {
            this.folder = folder;
            this.environment = environment;
        }

        AssociationUser accept(Association association) {
            if (associations == MAX_ASSOCIATIONS) {
                return null;
            }
            associations++;
            FileServerPeer peer =
                    new FileServerPeer(folder, environment.host().pool(), environment.log(), () -> associations--);
            peer.use(association);
            association.accept();
            return peer;
        }
    }
}
