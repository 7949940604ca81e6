package org.osistack.application.cli;

import java.util.List;
import java.util.Locale;
import org.osistack.core.InterfaceDescription;
import org.osistack.core.InterfaceDirectory;
import org.osistack.core.LayerProvider;
import org.osistack.core.LayerProviders;
import picocli.CommandLine.Command;

/** {@code osi interfaces}: the network interfaces of this machine that a stack can stand on. */
@Command(
        name = "interfaces",
        description = "List the network interfaces of this machine that layer 1 can use.",
        footer = {"", "Examples:", "  osi interfaces", "  osi ping --l1 pcap:eth1 192.168.1.1"})
final class InterfacesCommand extends OsiCommand {
    @Override
    public Integer call() {
        for (LayerProvider<?, ?> provider : LayerProviders.load().all()) {
            if (provider instanceof InterfaceDirectory directory) {
                list(provider.name(), directory);
            }
        }
        return Main.SUCCESS;
    }

    private void list(String module, InterfaceDirectory directory) {
        Table table = new Table("INTERFACE", "STATE", "ADDRESS", "MTU", "NETWORK ADDRESSES", "");
        List<InterfaceDescription> interfaces = directory.interfaces();
        for (InterfaceDescription each : interfaces) {
            table.row(
                    module + ":" + each.name(),
                    !each.up() ? "down" : each.connected() ? "up" : "no link",
                    each.hardwareAddress() < 0 ? "" : macAddress(each.hardwareAddress()),
                    each.mtu() < 0 ? "" : Integer.toString(each.mtu()),
                    String.join(" ", each.addresses()),
                    each.isSuitable() ? each.description() : "(" + each.unsuitable() + ")");
        }
        table.print(out());
        if (!directory.obstacle().isEmpty()) {
            err().println(module + " cannot be used now: " + directory.obstacle());
        }
    }

    private static String macAddress(long octets) {
        StringBuilder text = new StringBuilder();
        for (int shift = 40; shift >= 0; shift -= 8) {
            text.append(String.format(Locale.ROOT, "%02x", octets >> shift & 0xff))
                    .append(shift == 0 ? "" : ":");
        }
        return text.toString();
    }
}
