package org.osistack.application.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.osistack.application.ForeignText;
import org.osistack.application.facade.OpenSession;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.Tokens;
import org.osistack.core.management.SessionStatus;

/** The sessions of a server as text: a table for people, or a line of JSON. */
final class SessionTable {
    private static final double NANOS_PER_SECOND = 1e9;

    private SessionTable() {}

    static String table(List<OpenSession> sessions) {
        Table table = new Table(
                "ID", "USER", "PEER", "AGE", "IDLE", "STATE", "UNITS", "TOKENS", "V(A)", "V(M)", "V(R)", "ACTIVITY");
        for (OpenSession session : sessions) {
            SessionStatus status = session.status();
            boolean counts = status.serialNumbers().next() > 0;
            table.row(
                    Integer.toString(status.number()),
                    session.user().isEmpty() ? "-" : ForeignText.harmless(session.user()),
                    ForeignText.harmless(session.peer()),
                    text(session.age()),
                    session.idle() == null ? "-" : text(session.idle()),
                    ForeignText.harmless(status.state()),
                    status.functionalUnits().toString(),
                    owners(status),
                    counts ? Long.toString(status.serialNumbers().lowestUnconfirmed()) : "-",
                    counts ? Long.toString(status.serialNumbers().next()) : "-",
                    counts ? Long.toString(status.serialNumbers().lowestRestart()) : "-",
                    status.activity() == null ? "-" : status.activity().octets().toString());
        }
        StringWriter text = new StringWriter();
        table.print(new PrintWriter(text, true));
        return text.toString();
    }

    private static String owners(SessionStatus status) {
        StringBuilder text = new StringBuilder();
        add(text, status.tokens(), " here");
        add(text, status.peersTokens(), " at the peer");
        return text.isEmpty() ? "-" : text.toString();
    }

    private static void add(StringBuilder text, Tokens tokens, String where) {
        for (Token token : tokens.tokens()) {
            text.append(text.isEmpty() ? "" : ", ").append(token).append(where);
        }
    }

    private static String text(Duration time) {
        long seconds = time.toSeconds();
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    static String json(String server, List<OpenSession> sessions) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("server", server);
            out.writeArrayFieldStart("sessions");
            for (OpenSession session : sessions) {
                write(out, session);
            }
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter has none
        }
        return text + "\n";
    }

    private static void write(JsonGenerator out, OpenSession session) throws IOException {
        SessionStatus status = session.status();
        out.writeStartObject();
        out.writeNumberField("id", status.number());
        out.writeStringField("user", session.user());
        out.writeStringField("peer", session.peer());
        out.writeNumberField("ageSeconds", session.age().toNanos() / NANOS_PER_SECOND);
        if (session.idle() != null) {
            out.writeNumberField("idleSeconds", session.idle().toNanos() / NANOS_PER_SECOND);
        }
        out.writeStringField("state", status.state());
        out.writeBooleanField("initiator", status.initiator());
        out.writeStringField("functionalUnits", status.functionalUnits().toString());
        tokens(out, "tokensHere", status.tokens());
        tokens(out, "tokensAtPeer", status.peersTokens());
        out.writeNumberField("vA", status.serialNumbers().lowestUnconfirmed());
        out.writeNumberField("vM", status.serialNumbers().next());
        out.writeNumberField("vR", status.serialNumbers().lowestRestart());
        if (status.activity() != null) {
            out.writeStringField("activity", status.activity().octets().toString());
        }
        out.writeEndObject();
    }

    private static void tokens(JsonGenerator out, String field, Tokens tokens) throws IOException {
        out.writeArrayFieldStart(field);
        for (Token token : tokens.tokens()) {
            out.writeString(token.toString());
        }
        out.writeEndArray();
    }
}
