package org.osistack.presentation;

import java.util.List;

/**
 * A presentation context that is proposed (X.216 §6.2.5): an abstract syntax, and the transfer syntaxes for it.
 *
 * @param id an odd number from the side that asked for the connection, an even one from the other
 * @param transferSyntaxes those that the proposer can use, the one it likes best first; at least one
 */
public record PresentationContext(int id, ObjectIdentifier abstractSyntax, List<ObjectIdentifier> transferSyntaxes) {
    public PresentationContext {
        if (transferSyntaxes.isEmpty()) {
            throw new IllegalArgumentException("a presentation context without a transfer syntax");
        }
        transferSyntaxes = List.copyOf(transferSyntaxes);
    }
}
