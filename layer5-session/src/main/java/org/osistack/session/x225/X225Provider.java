package org.osistack.session.x225;

import java.util.List;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.LayerProvider;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;
import org.osistack.core.SapTrace;
import org.osistack.core.management.StateTableDirectory;
import org.osistack.session.DialogueService;
import org.osistack.session.SessionTap;
import org.osistack.transport.RecordTransport;

/**
 * The connection-oriented session protocol X.225 | ISO/IEC 8327-1, versions 1 and 2, with the connectionless one, X.235,
 * where the transport has a connectionless mode.
 */
public final class X225Provider implements LayerProvider<RecordTransport, DialogueService>, StateTableDirectory {
    @Override
    public int layer() {
        return 5;
    }

    @Override
    public String name() {
        return "x225";
    }

    @Override
    public String description() {
        return "the OSI session protocol: dialogues with tokens, synchronization points, activities";
    }

    @Override
    public List<String> standards() {
        return List.of("X.225 | ISO/IEC 8327-1", "X.215 | ISO/IEC 8326", "X.235 | ISO/IEC 9548-1");
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                new OptionSpec("profile", "iso|strict|minimal", "iso", "what this side offers in a CONNECT"),
                new OptionSpec("versions", "1|2|1+2", "", "protocol versions offered and accepted"),
                new OptionSpec("max-tsdu", "OCTETS", "0", "longest TSDU to agree on; 0 for no limit"),
                new OptionSpec("max-ssdu", "OCTETS", "1M", "longest SSDU put together from segments"),
                new OptionSpec("max-sessions", "NUMBER", "10000", "session connections at a time"),
                new OptionSpec(
                        "max-sessions-per-peer",
                        "NUMBER",
                        "0",
                        "of them, how many one peer may ask for; 0 for no limit"),
                new OptionSpec("idle", "DURATION", "0", "end a session in which nobody says anything so long; 0 never"),
                new OptionSpec("lifetime", "DURATION", "0", "end a session that has lasted so long; 0 never"),
                new OptionSpec("expedited", "auto|yes|no", "auto", "whether to ask for the transport's expedited flow"),
                new OptionSpec(
                        "extended-concatenation", "yes|no", "no", "several SPDUs in a TSDU, if the peer has it too"),
                new OptionSpec(
                        "large-serial-numbers", "yes|no", "no", "propose serial numbers of more than six digits"),
                new OptionSpec("reuse", "yes|no", "no", "keep transport connections for further session connections"),
                new OptionSpec(
                        "reuse-time", "DURATION", "30s", "how long to keep a transport connection without a session"),
                new OptionSpec("tim", "DURATION", "30s", "how long to wait for the peer to disconnect (timer TIM)"),
                new OptionSpec("connect-timeout", "DURATION", "60s", "how long to wait for a CONNECT"));
    }

    @Override
    public Class<RecordTransport> requires() {
        return RecordTransport.class;
    }

    @Override
    public Class<DialogueService> provides() {
        return DialogueService.class;
    }

    /** GIVE TOKENS and DATA TRANSFER in front of an SSDU; copied are those that travel in longer company. */
    @Override
    public int maxHeaderLength() {
        return 4;
    }

    @Override
    public DialogueService open(Host host, RecordTransport below, Options options) {
        return new X225Entity(host, below, Settings.of(options));
    }

    @Override
    public DialogueService tap(DialogueService service, SapTrace trace) {
        return SessionTap.of(service, trace);
    }

    @Override
    public org.osistack.core.management.StateTable stateTable() {
        return TableText.describe(StateTable.x225());
    }

    @Override
    public Dissector newDissector() {
        return new X225Dissector();
    }
}
