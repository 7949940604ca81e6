package org.osistack.application.isode;

import java.util.function.Consumer;
import org.osistack.core.Selector;
import org.osistack.presentation.ObjectIdentifier;

/** Where ISODE's applications are, by transport selector, and how their associations are called. */
final class Listening {
    static final Selector ASSOCIATION_ECHO = at(0x00);
    static final Selector TRANSFER_ECHO = at(0x01);
    static final Selector OPERATION_TRANSFER_ECHO = at(0x02);
    static final Selector ASSOCIATION_SINK = at(0x03);
    static final Selector TRANSFER_SINK = at(0x04);
    static final Selector OPERATION_TRANSFER_SINK = at(0x05);

    /** The application context "isode echo pci". */
    static final ObjectIdentifier ECHO_CONTEXT = ObjectIdentifier.of("1.17.0.1.1");
    /** The application context "isode sink pci". */
    static final ObjectIdentifier SINK_CONTEXT = ObjectIdentifier.of("1.17.0.1.2");

    private Listening() {}

    private static Selector at(int octet) {
        return Selector.of((byte) 0x02, (byte) octet);
    }

    /** A log in which each line begins with a name. */
    static Consumer<String> named(Consumer<String> log, String name) {
        return line -> log.accept(name + ": " + line);
    }
}
