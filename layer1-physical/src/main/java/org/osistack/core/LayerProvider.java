package org.osistack.core;

import java.util.List;

/**
 * A module that can be a layer of a stack, or a part of one: found by {@link java.util.ServiceLoader} among the
 * {@code provides} of all modules on the module path, a student's own included.
 *
 * @param <B> the service that it needs below
 * @param <S> the service that it offers above
 */
public interface LayerProvider<B, S> {
    /** The number of the layer, from 1 to 7. */
    int layer();

    /** The name by which a stack asks for it, such as {@code ethernet}: lower-case letters, digits, hyphens. */
    String name();

    /** What it is, in one line. */
    String description();

    /** The standards that it follows, such as {@code RFC 9293}. */
    List<String> standards();

    /** What its main value stands for (the part behind the colon), such as {@code ADDRESS/LENGTH}; empty if it has none. */
    default String mainValue() {
        return "";
    }

    /** The options that it understands; any other is refused. */
    default List<OptionSpec> options() {
        return List.of();
    }

    /** The type of the service that it needs below; {@code Void.class} in layer 1. */
    Class<B> requires();

    /** The type of the service that it offers above. */
    Class<S> provides();

    /**
     * The module of the same layer that it stands on when the stack names none, such as {@code tcp} below {@code tpkt};
     * empty if it stands on the layer below.
     */
    default String standsOn() {
        return "";
    }

    /** How many octets it may push in front of an SDU that it passes down without making a new PDU. */
    default int maxHeaderLength() {
        return 0;
    }

    /**
     * Make the layer's entity on top of the service below.
     *
     * @throws ConfigurationException if an option is wrong or the machine does not allow it
     */
    S open(Host host, B below, Options options);

    /** The same service, with a tap that reports each primitive to the trace. */
    S tap(S service, SapTrace trace);

    /** Make something that explains this provider's PDUs, as they cross the service below. */
    default Dissector newDissector() {
        return Dissector.NONE;
    }
}
