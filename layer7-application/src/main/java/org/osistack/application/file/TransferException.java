package org.osistack.application.file;

/** A transfer cannot go on. The message says why, for the people on both sides. */
final class TransferException extends Exception {
    private static final long serialVersionUID = 1;

    private final FileApdu.Reason reason;

    TransferException(FileApdu.Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    FileApdu.Reason reason() {
        return reason;
    }
}
