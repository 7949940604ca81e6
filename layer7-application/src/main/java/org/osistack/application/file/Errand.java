package org.osistack.application.file;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.osistack.application.AssociationRequest;
import org.osistack.application.rtse.DialogueMode;
import org.osistack.application.rtse.OpenRequest;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;

/**
 * What a client is asked to do.
 *
 * @param sources what is to be sent; empty when getting
 * @param wanted what is to be got; null when sending
 * @param destination where to put it; null when sending
 */
record Errand(List<Path> sources, String wanted, Path destination) {
    /** Send files and folders. */
    static Errand send(List<Path> sources) {
        return new Errand(List.copyOf(sources), null, null);
    }

    /** Get a file or folder, and put it into a folder. */
    static Errand get(String wanted, Path destination) {
        return new Errand(List.of(), wanted, destination);
    }

    boolean isSending() {
        return wanted == null;
    }

    /** The job of this errand at that server, which the ledger may know. */
    Job job(Ledger ledger, String server) {
        return new Job(ledger, isSending() ? "send " + server + " " + names() : "get " + server + " " + place());
    }

    private String names() {
        return sources.stream().map(Errand::absolute).collect(Collectors.joining("\n"));
    }

    private String place() {
        return wanted + "\n" + absolute(destination);
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }

    /** The request of the association for it: whoever has the files has the turn. */
    OpenRequest request(NetworkAddress server, Octets apdu) {
        AssociationRequest request =
                new AssociationRequest(FileApplication.CONTEXT, server, FunctionalUnits.KERNEL, TokenSetting.INITIATOR);
        return isSending()
                ? new OpenRequest(request, DialogueMode.MONOLOGUE, true, apdu)
                : new OpenRequest(request, DialogueMode.TWO_WAY_ALTERNATE, false, apdu);
    }
}
