package org.osistack.application.trace;

import java.util.List;
import org.osistack.core.TraceEvent;

/** Prints the events that a filter chooses, one by one, in the order in which they happened. */
final class FilteredTrace implements TurnPrinter {
    private final Page page;
    private final Blocks blocks;
    private final TraceFilter filter;
    private String last = "";

    FilteredTrace(Page page, int verbosity, TraceFilter filter) {
        this.page = page;
        this.blocks = new Blocks(page, verbosity);
        this.filter = filter;
    }

    @Override
    public void turn(List<Step> steps) {
        for (Step step : steps) {
            if (filter.accepts(step)) {
                print(step);
            }
        }
    }

    private void print(Step step) {
        TraceEvent event = step.event();
        String now = event.host() + ' ' + event.time();
        if (!now.equals(last)) {
            String arrow = event.direction() == null ? "·" : step.message().isDown() ? "▸" : "◂";
            blocks.header(event.host(), arrow, "", "t = " + page.time(event.time()));
            last = now;
        }
        print(blocks, filter, step);
    }

    /** Print one step: on the way down the PDU before the access point that it passes, on the way up after it. */
    static void print(Blocks blocks, TraceFilter filter, Step step) {
        Message message = step.message();
        TraceEvent event = step.event();
        if (message == null) {
            blocks.inside(event);
            return;
        }
        boolean withPdu = message.hasPdu() && filter.accepts(step, event.pduLayer());
        if (withPdu && message.isDown()) {
            blocks.pdu(step, true);
        }
        blocks.primitive(message, event.parameters(), message.layer == 4);
        if (withPdu && !message.isDown()) {
            blocks.pdu(step, true);
        }
        if (message.isFrame() && blocks.verbosity() > 1) {
            HexLine.map(event.octets(), message.owners, blocks.page().columns()).forEach(blocks::line);
        }
    }
}
