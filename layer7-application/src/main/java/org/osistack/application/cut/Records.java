package org.osistack.application.cut;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import org.osistack.application.cut.Survey.Findings;
import org.osistack.application.cut.Survey.Run;

/** Writes the findings of a survey for programs: a line a run as CSV (RFC 4180), the bill as JSON (RFC 8259). */
final class Records {
    private static final List<String> HEADS = List.of(
            "scenario",
            "checkpoint_interval",
            "cut",
            "points",
            "host",
            "killed",
            "at_ns",
            "ending",
            "time_ns",
            "time_lost_ns",
            "octets_sent",
            "octets_sent_again",
            "octets_unconfirmed_at_cut",
            "octets_on_cable",
            "twice",
            "remark");

    private Records() {}

    static void csv(Writer out, String scenario, List<Findings> all) throws IOException {
        line(out, HEADS);
        for (Findings findings : all) {
            for (Run run : findings.runs()) {
                Result result = run.result();
                Outcome outcome = result.outcome();
                line(
                        out,
                        List.of(
                                scenario,
                                Bill.interval(findings),
                                run.cut().toString(),
                                run.cut().point().kind().pointClass().toString(),
                                run.cut().point().host(),
                                run.cut().kill(),
                                "" + run.nanosBefore(),
                                result.ending().toString(),
                                "" + result.nanos(),
                                "" + findings.nanosLost(run),
                                outcome == null ? "" : "" + outcome.octetsSent(),
                                outcome == null ? "" : "" + outcome.octetsSentAgain(),
                                outcome == null ? "" : "" + outcome.octetsUnconfirmedAtCut(),
                                "" + result.octetsOnCable(),
                                outcome == null ? "" : "" + outcome.duplicatesSeenByUser(),
                                result.remark()));
            }
        }
    }

    private static void line(Writer out, List<String> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            boolean quoted = cell.matches("(?s).*[\",\r\n].*");
            out.write(i == 0 ? "" : ",");
            out.write(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        out.write("\r\n");
    }

    static String json(Scenario scenario, List<Findings> all, Bill bill) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("scenario", scenario.name());
            json.writeStringField("promise", scenario.promise());
            json.writeBooleanField("good", bill.isGood());
            json.writeArrayFieldStart("uncut");
            for (Findings findings : all) {
                json.writeStartObject();
                json.writeStringField("checkpointInterval", Bill.interval(findings));
                json.writeNumberField("nanos", findings.uncut().nanos());
                json.writeNumberField("octetsSent", findings.uncut().outcome().octetsSent());
                json.writeNumberField("octetsOnCable", findings.uncut().octetsOnCable());
                json.writeNumberField("points", findings.runs().size());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("bill");
            for (Bill.Row row : bill.rows()) {
                row(json, row);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text in memory can always be written
        }
        return text.toString();
    }

    private static void row(JsonGenerator json, Bill.Row row) throws IOException {
        json.writeStartObject();
        json.writeStringField("checkpointInterval", row.interval());
        json.writeStringField("points", row.name());
        json.writeNumberField("runs", row.runs());
        json.writeNumberField("completed", row.completed());
        json.writeNumberField("discarded", row.discarded());
        json.writeNumberField("hung", row.hung());
        json.writeNumberField("lost", row.lost());
        json.writeNumberField("broken", row.broken());
        json.writeNumberField("sentAgainMedian", row.sentAgainMedian());
        json.writeNumberField("sentAgainMost", row.sentAgainMost());
        json.writeNumberField("nanosLostMedian", row.nanosLostMedian());
        json.writeNumberField("nanosLostMost", row.nanosLostMost());
        json.writeNumberField("twice", row.duplicates());
        json.writeEndObject();
    }
}
