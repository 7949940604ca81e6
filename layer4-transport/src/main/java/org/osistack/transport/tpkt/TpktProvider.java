package org.osistack.transport.tpkt;

import java.util.List;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.LayerProvider;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;
import org.osistack.core.SapTrace;
import org.osistack.transport.OctetStreamTransport;
import org.osistack.transport.RecordTransport;
import org.osistack.transport.TransportTap;

/** The ISO transport service over TCP (RFC 1006): X.224 class 0, one TPDU a packet. */
public final class TpktProvider implements LayerProvider<OctetStreamTransport, RecordTransport> {
    @Override
    public int layer() {
        return 4;
    }

    @Override
    public String name() {
        return "tpkt";
    }

    @Override
    public String description() {
        return "ISO transport over TCP: keeps the boundaries of TSDUs, and has transport selectors";
    }

    @Override
    public List<String> standards() {
        return List.of("RFC 1006", "X.224 | ISO/IEC 8073 class 0");
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                new OptionSpec("tpdu", "OCTETS", "8192", "longest TPDU: 128, 256 … 8192, or 65531"),
                new OptionSpec("max-tsdu", "OCTETS", "1M", "longest TSDU that is put together"),
                new OptionSpec("timeout", "DURATION", "30s", "how long a peer may be silent while connecting"),
                new OptionSpec("expedited", "on|off", "on", "let users agree on expedited data"));
    }

    @Override
    public Class<OctetStreamTransport> requires() {
        return OctetStreamTransport.class;
    }

    @Override
    public Class<RecordTransport> provides() {
        return RecordTransport.class;
    }

    @Override
    public String standsOn() {
        return "tcp";
    }

    @Override
    public int maxHeaderLength() {
        return TpktHeader.WITH_DT;
    }

    @Override
    public RecordTransport open(Host host, OctetStreamTransport below, Options options) {
        return new TpktEntity(host, below, Settings.of(options));
    }

    @Override
    public RecordTransport tap(RecordTransport service, SapTrace trace) {
        return TransportTap.of(service, trace);
    }

    @Override
    public Dissector newDissector() {
        return new TpktDissector();
    }
}
