package org.osistack.physical.pcap;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.osistack.core.ConfigurationException;
import org.osistack.core.InterfaceDescription;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;

/** Whether libpcap and the rights to use it are there; and what to do if they aren't, in sentences. */
final class PcapLibrary {
    private static final int PCAP_ERROR_NO_SUCH_DEVICE = -5; // pcap/pcap.h
    private static final int PCAP_ERROR_PERM_DENIED = -8;
    private static final int PCAP_ERROR_IFACE_NOT_UP = -9;
    private static final int PCAP_ERROR_PROMISC_PERM_DENIED = -11;
    private static final int CAP_NET_RAW = 13; // linux/capability.h
    private static final Path OWN_RIGHTS = Path.of("/proc/self/status");

    private PcapLibrary() {}

    /** What keeps every interface from being opened; empty if nothing is known to. */
    static String obstacle() {
        try {
            Pcaps.libVersion();
        } catch (LinkageError e) {
            return missing(e);
        }
        return lacksRights() ? rights() : "";
    }

    /** Make sure that the library can be loaded. */
    static void require() {
        try {
            Pcaps.libVersion();
        } catch (LinkageError e) {
            throw new ConfigurationException(missing(e), e);
        }
    }

    private static String missing(LinkageError e) {
        String text = String.valueOf(e.getMessage());
        if (text.contains("jnidispatch")) {
            return "pcap cannot unpack its native part into " + System.getProperty("java.io.tmpdir")
                    + "; name a folder from which programs may run: -Djava.io.tmpdir=FOLDER";
        }
        return "pcap needs libpcap, and this machine has none; install it: sudo apt install libpcap0.8 (Debian, Ubuntu),"
                + " sudo dnf install libpcap (Fedora, Red Hat), apk add libpcap (Alpine), npcap.com (Windows)";
    }

    /**
     * Look at an interface before it is opened.
     *
     * @return its state; null if libpcap knows it and the system says nothing of it
     * @throws ConfigurationException if a stack can't use it as it is
     */
    static LinkState requireUsable(String name) {
        LinkState state = LinkState.of(name);
        if (state == null) {
            if (PcapInterfaces.list().stream().noneMatch(there -> there.name().equals(name))) {
                throw new ConfigurationException("there is no interface " + name + "; " + thereAre());
            }
            return null;
        }
        String unsuitable = PcapInterfaces.unsuitable(name, state);
        if (!unsuitable.isEmpty()) {
            String others = state.ethernet() && !state.loopback() ? "" : "; " + thereAre();
            throw new ConfigurationException(name + " " + unsuitable + others);
        }
        if (lacksRights()) {
            throw new ConfigurationException(name + " cannot be opened: " + rights());
        }
        return state;
    }

    /** The interfaces that could have been meant. */
    static String thereAre() {
        List<InterfaceDescription> all = PcapInterfaces.list();
        String suitable = names(all.stream().filter(i -> !i.loopback()).toList());
        return suitable.isEmpty() ? "there is none that could be used" : "there are: " + suitable;
    }

    private static String names(List<InterfaceDescription> interfaces) {
        return interfaces.stream().map(InterfaceDescription::name).collect(Collectors.joining(", "));
    }

    /** Turn what libpcap says on opening into a sentence that helps. */
    static ConfigurationException refusal(String name, PcapNativeException e) {
        int code = Objects.requireNonNullElse(e.getReturnCode(), 0);
        String text = switch (code) {
            case PCAP_ERROR_PERM_DENIED, PCAP_ERROR_PROMISC_PERM_DENIED -> name + " cannot be opened: " + rights();
            case PCAP_ERROR_IFACE_NOT_UP -> name + " " + PcapInterfaces.down(name);
            case PCAP_ERROR_NO_SUCH_DEVICE -> "there is no interface " + name + "; " + thereAre();
            default -> name + " cannot be opened: " + e.getMessage();
        };
        return new ConfigurationException(text, e);
    }

    /** Linux tells each process its rights; elsewhere one can only try. */
    private static boolean lacksRights() {
        try {
            for (String line : Files.readAllLines(OWN_RIGHTS)) {
                if (line.startsWith("CapEff:")) {
                    return !new BigInteger(line.substring(7).strip(), 16).testBit(CAP_NET_RAW);
                }
            }
            return false;
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }

    /** A right given to the file makes the loader ignore where Java's own library lies, so the loader must be told. */
    private static String rights() {
        String home = System.getProperty("java.home");
        return "this user lacks the right to raw sockets (CAP_NET_RAW); run the command with sudo, or give it to Java"
                + " once: sudo setcap cap_net_raw+ep " + home + "/bin/java && echo " + home
                + "/lib | sudo tee /etc/ld.so.conf.d/osistack.conf && sudo ldconfig";
    }
}
