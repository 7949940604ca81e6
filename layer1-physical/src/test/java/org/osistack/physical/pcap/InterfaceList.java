package org.osistack.physical.pcap;

import org.osistack.core.InterfaceDirectory;
import org.osistack.core.LayerProviders;

/** Prints what the {@code pcap} provider says of the machine's interfaces, without opening one. */
final class InterfaceList {
    private InterfaceList() {}

    public static void main(String[] arguments) {
        InterfaceDirectory directory =
                (InterfaceDirectory) LayerProviders.load().get(1, "pcap");
        directory.interfaces().forEach(System.out::println);
        System.out.println("obstacle: " + directory.obstacle());
    }
}
