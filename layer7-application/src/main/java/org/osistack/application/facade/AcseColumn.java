package org.osistack.application.facade;

import org.osistack.core.ConfigurationException;
import org.osistack.core.StackSpec;

/** The column of {@code x225} and {@code x226} that can stand beside a stack without them: RFC 1006 on the same TCP. */
final class AcseColumn {
    private AcseColumn() {}

    static StackSpec of(StackSpec spec) {
        if (!PlainColumn.isPossibleOn(spec)) {
            throw new ConfigurationException(
                    "ACSE beside a stack without it needs tcp in layer 4, and this stack has none");
        }
        StackSpec column = spec.copy().set(5, "x225").set(6, "x226");
        boolean hasTransport =
                column.layer(4).stream().anyMatch(module -> module.name().equals("tpkt"));
        return hasTransport ? column : column.add(4, "tpkt");
    }
}
