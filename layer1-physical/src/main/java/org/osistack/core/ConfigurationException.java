package org.osistack.core;

/** Something that a person asked for cannot be had. The message says what and why, in a sentence, and is shown as it is. */
public class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ConfigurationException(String message) {
        super(message);
    }

    public ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
