package org.osistack.transport.tcp;

import java.util.List;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.LayerProvider;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;
import org.osistack.core.SapTrace;
import org.osistack.network.NetworkService;
import org.osistack.transport.OctetStreamTransport;
import org.osistack.transport.TransportTap;

/** Provides TCP, with UDP as its connectionless mode, on any network that offers a pseudo-header. */
public final class TcpProvider implements LayerProvider<NetworkService, OctetStreamTransport> {
    @Override
    public int layer() {
        return 4;
    }

    @Override
    public String name() {
        return "tcp";
    }

    @Override
    public String description() {
        return "TCP: octet streams, whole and in order; with UDP for single datagrams";
    }

    @Override
    public List<String> standards() {
        return List.of(
                "RFC 9293",
                "RFC 7323",
                "RFC 2018",
                "RFC 6675",
                "RFC 8985",
                "RFC 5681",
                "RFC 6582",
                "RFC 9438",
                "RFC 6298",
                "RFC 5961",
                "RFC 6528",
                "RFC 768");
    }

    @Override
    public List<OptionSpec> options() {
        return TcpSettings.OPTIONS;
    }

    @Override
    public Class<NetworkService> requires() {
        return NetworkService.class;
    }

    @Override
    public Class<OctetStreamTransport> provides() {
        return OctetStreamTransport.class;
    }

    @Override
    public int maxHeaderLength() {
        return TcpHeader.MAX_LENGTH;
    }

    @Override
    public OctetStreamTransport open(Host host, NetworkService below, Options options) {
        return new TcpEntity(host, below, TcpSettings.of(options));
    }

    @Override
    public OctetStreamTransport tap(OctetStreamTransport service, SapTrace trace) {
        return TransportTap.of(service, trace);
    }

    @Override
    public Dissector newDissector() {
        return new TcpDissector();
    }
}
