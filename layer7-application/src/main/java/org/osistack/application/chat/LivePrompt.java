package org.osistack.application.chat;

import org.jline.reader.LineReader;
import org.jline.reader.impl.LineReaderImpl;

/** The prompt of a line reader, which may change while somebody types behind it. */
final class LivePrompt {
    private final LineReaderImpl reader;
    private String text;

    /**
     * Be the prompt of this reader.
     *
     * @param reader as {@code LineReaderBuilder} builds it
     */
    LivePrompt(LineReader reader, String text) {
        this.reader = (LineReaderImpl) reader;
        this.text = text;
        reader.getWidgets().put(LineReader.CALLBACK_INIT, this::show); // or readLine would begin with an old one
    }

    /** Change it. Any thread. It is seen when something is printed above it the next time. */
    synchronized void change(String newText) {
        text = newText;
        show();
    }

    synchronized String text() {
        return text;
    }

    private synchronized boolean show() {
        reader.setPrompt(text);
        return true;
    }
}
