package org.osistack.application.store;

/** The store cannot do what was asked. The message says why in a sentence for a person. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1;

    StoreException(String message) {
        super(message);
    }

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
