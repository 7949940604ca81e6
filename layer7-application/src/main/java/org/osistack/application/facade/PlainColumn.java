package org.osistack.application.facade;

import java.util.List;
import org.osistack.core.StackSpec;

/**
 * The column of {@code none} and {@code plain} that can stand beside a stack: it shares layers 1 to 3, and of layer 4
 * the transport protocol at its foot.
 */
final class PlainColumn {
    private static final List<String> STREAMS = List.of("tcp", "tpkt"); // tpkt brings its own tcp

    private PlainColumn() {}

    static boolean isPossibleOn(StackSpec spec) {
        List<StackSpec.Module> transport = spec.layer(4);
        return !transport.isEmpty() && STREAMS.contains(transport.get(0).name());
    }

    static StackSpec of(StackSpec spec) {
        StackSpec.Module foot = spec.layer(4).get(0);
        StackSpec column = spec.copy().set(4, "tcp").set(5, "none").set(6, "plain");
        if (foot.name().equals("tcp")) {
            foot.options().values().forEach((key, value) -> column.with(4, key, value));
        }
        return column;
    }
}
