package org.osistack.network.ipv4;

import java.util.List;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.LayerProvider;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;
import org.osistack.core.SapTrace;
import org.osistack.datalink.DataLinkService;
import org.osistack.network.Ipv4Address;
import org.osistack.network.NetworkService;
import org.osistack.network.NetworkTap;

/** Layer 3 {@code ipv4}: the Internet Protocol, version 4, with ICMP and ARP. */
public final class Ipv4Provider implements LayerProvider<DataLinkService, NetworkService> {
    private static final int DEFAULT_LIFETIME = 64; // RFC 1700, IP Time To Live
    private static final int LINK_LOCAL_PREFIX = 16;

    @Override
    public int layer() {
        return 3;
    }

    @Override
    public String name() {
        return "ipv4";
    }

    @Override
    public String description() {
        return "Internet Protocol version 4 with ICMP and ARP; without an address it chooses a link-local one";
    }

    @Override
    public List<String> standards() {
        return List.of("RFC 791", "RFC 792", "RFC 826", "RFC 1122", "RFC 1191", "RFC 3927", "RFC 5227", "RFC 6864");
    }

    @Override
    public String mainValue() {
        return "ADDRESS/LENGTH";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                new OptionSpec("gateway", "ADDRESS", "", "the router that takes datagrams to other networks"),
                new OptionSpec("ttl", "HOPS", "64", "how many hops a datagram may take"),
                new OptionSpec("mtu", "OCTETS", "what the link carries", "the longest datagram that is sent"),
                new OptionSpec(
                        "probe",
                        "on|off",
                        "off",
                        "ask whether another host has the address before it is used (RFC 5227); takes 4 to 7 s"));
    }

    @Override
    public Class<DataLinkService> requires() {
        return DataLinkService.class;
    }

    @Override
    public Class<NetworkService> provides() {
        return NetworkService.class;
    }

    @Override
    public int maxHeaderLength() {
        return Ipv4Header.LENGTH;
    }

    @Override
    public NetworkService open(Host host, DataLinkService below, Options options) {
        int linkMtu = below.maxSduLength();
        int mtu = options.integer("mtu", linkMtu, PathMtuCache.MIN, linkMtu);
        int lifetime = options.integer("ttl", DEFAULT_LIFETIME, 1, 255);
        String main = options.main();
        if (main == null) {
            if (options.has("gateway")) {
                throw new ConfigurationException(
                        "ipv4: a gateway needs an address to reach it from, as in ipv4:10.0.0.1/24,gateway=10.0.0.254");
            }
            return new Ipv4Entity(
                    host, below, new Ipv4Entity.Configuration(0, LINK_LOCAL_PREFIX, 0, mtu, lifetime, true));
        }
        int slash = main.indexOf('/');
        int address = address("", slash < 0 ? main : main.substring(0, slash));
        int prefixLength = prefixLength(main, slash);
        checkAddress(main, address, prefixLength);
        int gateway = options.has("gateway") ? address("gateway=", options.text("gateway", "")) : 0;
        if (gateway != 0 && ((gateway ^ address) & Ipv4Interface.mask(prefixLength)) != 0 || gateway == address) {
            throw new ConfigurationException(
                    "ipv4: gateway=" + Ipv4Address.of(gateway) + " is not a neighbour of " + main);
        }
        boolean probes = options.flag("probe", Ipv4Address.of(address).isLinkLocal()); // RFC 3927 §2.2: must probe
        return new Ipv4Entity(
                host, below, new Ipv4Entity.Configuration(address, prefixLength, gateway, mtu, lifetime, probes));
    }

    private static int address(String option, String text) {
        try {
            return Ipv4Address.parse(text).bits();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("ipv4: " + option + text + " is not an IPv4 address, such as 10.0.0.1", e);
        }
    }

    private static int prefixLength(String main, int slash) {
        String text = slash < 0 ? "" : main.substring(slash + 1);
        if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) > 32 || Integer.parseInt(text) == 0) {
            throw new ConfigurationException("ipv4: " + main
                    + " lacks the length of the prefix that all hosts of the link share, from 1 to 32, as in"
                    + " 10.0.0.1/24");
        }
        return Integer.parseInt(text);
    }

    private static void checkAddress(String main, int address, int prefixLength) {
        int hostPart = address & ~Ipv4Interface.mask(prefixLength);
        boolean isNetwork = prefixLength < 31 && hostPart == 0;
        boolean isBroadcast = prefixLength < 31 && hostPart == ~Ipv4Interface.mask(prefixLength);
        if (address >>> 24 == 0 || address >>> 24 == 127 || address >>> 28 >= 0xe || isNetwork || isBroadcast) {
            throw new ConfigurationException("ipv4: " + main + " is not the address of one host");
        }
    }

    @Override
    public NetworkService tap(NetworkService service, SapTrace trace) {
        return new NetworkTap(service, trace);
    }

    @Override
    public Dissector newDissector() {
        return new Ipv4Dissector();
    }
}
