package org.osistack.physical.pcap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osistack.core.InterfaceDescription;
import org.pcap4j.core.PcapAddress;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface;
import org.pcap4j.core.Pcaps;

/** The interfaces of this machine, from libpcap and from the system, or from the system alone if libpcap is missing. */
final class PcapInterfaces {
    private static final Path LINUX_INTERFACES = Path.of("/proc/net/dev");

    private PcapInterfaces() {}

    static List<InterfaceDescription> list() {
        Map<String, PcapNetworkInterface> devices = devices();
        List<InterfaceDescription> interfaces = new ArrayList<>();
        for (String name : names(devices.keySet())) {
            LinkState state = LinkState.of(name);
            PcapNetworkInterface device = devices.get(name);
            if (state != null) {
                interfaces.add(describe(name, device, state));
            } else if (device != null) {
                interfaces.add(describe(device));
            }
        }
        return interfaces;
    }

    private static Map<String, PcapNetworkInterface> devices() {
        Map<String, PcapNetworkInterface> devices = new TreeMap<>();
        try {
            for (PcapNetworkInterface device : Pcaps.findAllDevs()) {
                devices.put(device.getName(), device);
            }
        } catch (PcapNativeException | LinkageError e) {
            devices.clear(); // no library, or no right to ask it: the system is asked instead
        }
        return devices;
    }

    /** On Linux libpcap lists devices that are no network interfaces, too, such as one for Bluetooth. */
    private static Collection<String> names(Collection<String> devices) {
        Collection<String> names = new TreeSet<>();
        try {
            for (String line : Files.readAllLines(LINUX_INTERFACES)) {
                int colon = line.indexOf(": ");
                if (colon > 0) {
                    names.add(line.substring(0, colon).strip());
                }
            }
        } catch (IOException notLinux) {
            names.addAll(devices.isEmpty() ? javaNames() : devices);
        }
        return names;
    }

    private static Collection<String> javaNames() {
        try {
            return NetworkInterface.networkInterfaces()
                    .map(NetworkInterface::getName)
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private static InterfaceDescription describe(String name, PcapNetworkInterface device, LinkState state) {
        return new InterfaceDescription(
                name,
                device == null ? "" : Objects.requireNonNullElse(device.getDescription(), ""),
                state.address(),
                state.mtu(),
                addresses(name),
                state.enabled(),
                state.connected(),
                state.loopback(),
                unsuitable(name, state));
    }

    /** Describe an interface that the system does not know by the name that libpcap gives it, as on Windows. */
    private static InterfaceDescription describe(PcapNetworkInterface device) {
        List<String> addresses = new ArrayList<>();
        for (PcapAddress address : device.getAddresses()) {
            addresses.add(text(address.getAddress()));
        }
        return new InterfaceDescription(
                device.getName(),
                Objects.requireNonNullElse(device.getDescription(), ""),
                -1,
                -1,
                addresses,
                device.isUp(),
                device.isRunning(),
                device.isLoopBack(),
                device.isLoopBack() ? LOOPBACK : "");
    }

    private static List<String> addresses(String name) {
        List<String> addresses = new ArrayList<>();
        try {
            NetworkInterface there = NetworkInterface.getByName(name); // sees all that have an address
            if (there != null) {
                for (InterfaceAddress address : there.getInterfaceAddresses()) {
                    addresses.add(text(address.getAddress()) + "/" + address.getNetworkPrefixLength());
                }
            }
        } catch (SocketException e) {
            addresses.clear(); // it has gone away in between
        }
        return addresses;
    }

    private static String text(InetAddress address) {
        String text = address.getHostAddress().replaceFirst("%.*", ""); // without the zone
        return text.replaceFirst("(^|:)(0(:|$)){2,}", "::"); // RFC 5952 §4.2
    }

    private static final String LOOPBACK =
            "is a loopback interface, which leads back into this machine and has no Ethernet stations;"
                    + " a link inside this machine is segment or virtual";

    /** Why a stack can't use the interface as it is, in words that follow its name; empty if it can. */
    static String unsuitable(String name, LinkState state) {
        if (state.loopback()) {
            return LOOPBACK;
        }
        if (!state.ethernet()) {
            return "does not carry Ethernet frames";
        }
        return state.enabled() ? "" : down(name);
    }

    static String down(String name) {
        return "is down; bring it up: sudo ip link set " + name + " up";
    }
}
