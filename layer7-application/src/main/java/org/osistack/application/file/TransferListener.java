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

    /** So many octets of files went on their way, each time they did: after a cut, some do again. */
    default void sent(long octets) {}

    /** So many octets of files are secured at the other side, and will not be sent again. */
    default void confirmed(long octets) {}

    /** What was interrupted before goes on. */
    default void resumed() {}

    /** The peer is lost, and is looked for. */
    default void recovering(String why) {}

    /** The peer is there again. */
    default void recovered() {}

    /** Something that a person should know, in a sentence. */
    default void notice(String sentence) {}

    /** Everything is stored where it belongs, and its SHA-256 was right. */
    void stored(long items, long octets);

    /**
     * Whether a person hears of the end only after {@link #stored} has returned, and {@link FileClient#told} is called
     * then. Should the process be killed in between, the same command does not send it all once more.
     */
    default boolean tellsLater() {
        return false;
    }

    /**
     * The transfer has ended otherwise. What was stored before stays; the present file is gone.
     *
     * @param why for a person
     */
    void failed(String why);
}
