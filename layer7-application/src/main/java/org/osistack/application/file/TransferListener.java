package org.osistack.application.file;

/** Hears how a transfer goes: a progress bar, a server's log, a test. It ends with either of the last two. */
public interface TransferListener {
    /**
     * The two sides have agreed on what is transferred.
     *
     * @param name of the file or folder
     * @param items how many files and folders it is in all
     * @param octets how many octets the files have in all
     */
    default void begun(String name, long items, long octets) {}

    /** The next file or folder has its turn. */
    default void item(String path) {}

    /** So many octets of files have been handed over or stored so far. */
    default void progress(long octets) {}

    /** Everything is stored where it belongs, and its SHA-256 was right. */
    void stored(long items, long octets);

    /**
     * The transfer has ended otherwise. What was stored before stays; the present file is gone.
     *
     * @param why for a person
     */
    void failed(String why);
}
