package org.osistack.application.trace;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tells what happens in a stack between passages of its own: a guided tour through a trace. It hears everything, and
 * tells what it is asked to.
 */
public final class StoryTeller {
    private static final int MARGIN = 3;
    private static final int MAX_TEXT_COLUMNS = 88; // longer lines are hard to read

    private final Map<String, String> names = new HashMap<>();
    private final Page page;
    private final Page.Clock clock = new Page.Clock();
    private final TextTrace stories;
    private final Tally tally = new Tally();
    private boolean telling;

    /**
     * Make a teller.
     *
     * @param out takes each line
     * @param verbosity how much detail: 0, 1 or 2
     */
    public StoryTeller(TraceOptions.PageFormat format, Consumer<String> out, int verbosity) {
        page = new Page(out, format.columns(), format.coloured());
        Page told = new Page(
                line -> {
                    if (telling) {
                        out.accept(line);
                    }
                },
                format.columns(),
                format.coloured(),
                clock);
        stories = new TextTrace(told, new TextTrace.Telling(verbosity, false, false, true, "", names));
    }

    /** Those who are to hear of the trace. */
    List<TurnPrinter> printers() {
        return List.of(stories, tally);
    }

    /** Tell what happens from now on, or be silent about it. */
    public void tell(boolean newTelling) {
        if (newTelling && !telling) {
            clock.restart();
        }
        stories.forget();
        telling = newTelling;
    }

    /** Say whose an address is. */
    public void name(String address, String host) {
        names.put(address, host);
    }

    /** Begin a chapter. */
    public void chapter(int number, String title) {
        Chapters.title(page, number + "  " + title);
    }

    /** Say something in plain words, in lines of a length that reads well. */
    public void say(String text) {
        Chapters.say(page, text);
    }

    /** Print a line as it is. */
    public void print(String line) {
        page.print(new Line().add(line.isEmpty() ? "" : " ".repeat(MARGIN) + line));
    }

    /** Print a line of which the first part is strong. */
    public void print(String strong, String rest) {
        Line line = new Line().add(" ".repeat(MARGIN)).bold(strong);
        if (line.columns() + rest.length() <= page.columns()) {
            page.print(line.add(rest));
        } else {
            page.print(line);
            page.print(new Line().add(" ".repeat(2 * MARGIN)).add(rest).cut(page.columns()));
        }
    }

    /** The first row of the picture of the stacks: whose they are. */
    public void hosts(String left, String right) {
        page.print(new Line()
                .add(" ".repeat(MARGIN))
                .bold(left)
                .to(MARGIN + half())
                .bold(right));
    }

    private int half() {
        return Math.min(page.columns(), MAX_TEXT_COLUMNS) / 2;
    }

    /** A row of that picture. */
    public void layer(int layer, String left, String right) {
        Line line =
                new Line().add(" ".repeat(MARGIN)).boldOf(layer, layer + " ").of(layer, Texts.layer(layer));
        line.to(MARGIN + 16).add(left).to(MARGIN + half());
        line.boldOf(layer, layer + " ")
                .of(layer, Texts.layer(layer))
                .to(MARGIN + half() + 16)
                .add(right);
        page.print(line.cut(page.columns()));
    }

    /** The last row of that picture: what joins the two. */
    public void link(String text) {
        int rest = half() - text.length() - 3;
        String line = "└" + "─".repeat(Math.max(1, rest / 2)) + " " + text + " "
                + "─".repeat(Math.max(1, rest - rest / 2)) + "┘";
        page.print(new Line().add(" ".repeat(MARGIN + 6)).of(1, line));
    }

    /** Count from here on. */
    public void beginCount() {
        tally.reset();
    }

    /** Print what was sent since {@link #beginCount}. */
    public void printCount() {
        tally.table(Math.min(page.columns(), Page.PIPED_COLUMNS)).forEach(page::print);
    }

    public int framesCounted() {
        return tally.frames();
    }

    public int octetsCounted() {
        return tally.frameOctets();
    }
}
