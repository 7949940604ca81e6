package org.osistack.application.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osistack.application.cut.Showing;
import org.osistack.application.story.StoryScenario;
import org.osistack.core.Trace;
import org.osistack.core.TraceEvent;

class SessionTraceTest {
    private static List<String> chat(String upper, boolean alice, boolean bob, boolean coloured, String... filters) {
        List<String> lines = new ArrayList<>();
        Page page = new Page(lines::add, 100, coloured);
        SessionTrace trace = new SessionTrace(page, 0, TraceFilter.of(List.of(filters)));
        try (TraceLab lab = new TraceLab(upper, "", alice, bob, trace)) {
            lab.associate().say("Hello, Bob").release();
        }
        return lines;
    }

    private static List<String> story(TurnPrinter printer) {
        List<String> said = new ArrayList<>();
        Weaver weaver = new Weaver(List.of(printer), problem -> {
            throw new AssertionError(problem);
        });
        boolean isGood = new Showing(new StoryScenario(), 1)
                .run(List.of(), simulation -> new Trace(simulation, weaver), weaver::close, said::add);
        assertThat(isGood).isTrue();
        return said;
    }

    @Test
    void eachStepIsALineWithPrimitiveSpduStatesTokensAndNumbers() {
        List<String> lines = new ArrayList<>();
        story(new SessionTrace(new Page(lines::add, 132, false), 0, TraceFilter.of(List.of())));

        assertThat(lines.stream().map(line -> line.replaceAll(" +", " ").strip()))
                .containsSequence(
                        "alice ▼ S-SYNC-MAJOR.request → GT·MAP point 3 STA713 → STA04A dma· 3 4 1",
                        "bob ▲ S-SYNC-MAJOR.indication ← GT·MAP STA713 → STA10A ···r 3 4 1",
                        "",
                        "bob ▼ S-SYNC-MAJOR.response → PR MAA/AEA comes STA10A → STA713 ···r 4 4 4",
                        "bob · → PT·MAA point 3 STA713 ···r 4 4 4",
                        "alice · ← PR STA04A → STA15A dma· 3 4 1",
                        "alice ▲ S-SYNC-MAJOR.confirm ← PT·MAA STA15A → STA713 dma· 4 4 4")
                .contains("alice ▼ S-DATA.request → GT·DT \"Fire in Main Street.\" STA713 dma· 1 1 1")
                .contains("bob ▲ S-RELEASE.confirm − ← NF STA03 → STA713 dmar 5 5 5");
    }

    @Test
    void eachFlowHasNumbersOfItsOwnWithSymmetricSynchronize() {
        List<String> lines = new ArrayList<>();
        story(new SessionTrace(new Page(lines::add, 132, false), 0, TraceFilter.of(List.of())));

        assertThat(lines.stream().map(line -> line.replaceAll(" +", " ").strip()))
                .containsSequence(
                        "alice ▼ S-SYNC-MINOR.response → PT·MIA point 2 STA713 a 1/3 2/3 0/0",
                        "bob ▲ S-SYNC-MINOR.confirm ← PT·MIA STA713 · 3/1 3/2 0/0")
                .containsSequence(
                        "alice ▲ S-DATA.indication ← GT·DT STA05A a 1/3 3/3 0/0", // it was said before the confirmation
                        "alice ▲ S-SYNC-MINOR.confirm ← PT·MIA STA05A a 3/3 3/3 0/0",
                        "alice · ← GT·DT STA05A a 3/3 3/3 0/0"); // and this behind it
    }

    @Test
    void numbersThatAreTooLongForTheirColumnsStandBelow() {
        List<String> lines = new ArrayList<>();
        SessionTrace trace = new SessionTrace(new Page(lines::add, 100, false), 0, TraceFilter.of(List.of()));
        List<TraceEvent.Parameter> parameters = new ArrayList<>();
        for (String parameter :
                List.of("connection=1", "V(As)=1000", "V(Ms)=1001", "V(Rs)=0", "V(Ar)=20", "V(Mr)=21", "V(Rr)=0")) {
            String[] parts = parameter.split("=");
            parameters.add(new TraceEvent.Parameter(parts[0], parts[1]));
        }
        trace.turn(List.of(new Step(
                new TraceEvent(
                        1,
                        0,
                        true,
                        "alice",
                        5,
                        "",
                        null,
                        TraceEvent.Kind.CHECKPOINT,
                        "X.225",
                        "",
                        parameters,
                        0,
                        0,
                        List.of(),
                        null,
                        0,
                        null),
                null,
                null,
                null)));
        assertThat(lines).last().asString().isEqualTo("         V(A) 1000/20, V(M) 1001/21, V(R) 0/0");
    }

    /** Of no line anything is missing but where there is nothing: no tokens or numbers before they are agreed on. */
    @Test
    void noLineOfAnEstablishedDialogueLacksStateTokensOrNumbers() {
        List<String> lines = new ArrayList<>();
        story(new SessionTrace(new Page(lines::add, 132, false), 0, TraceFilter.of(List.of())));

        List<String> steps = lines.stream()
                .filter(line -> line.matches(" (alice|bob) .*") && line.contains("STA"))
                .toList();
        assertThat(steps).hasSizeGreaterThan(120);
        assertThat(lines.stream().filter(line -> line.matches(" (alice|bob) .*")))
                .hasSameSizeAs(steps);
        int first = lines.indexOf(lines.stream()
                .filter(line -> line.contains("S-ACTIVITY-START.request"))
                .findFirst()
                .orElseThrow());
        int end = lines.indexOf(lines.stream()
                .filter(line -> line.contains("14  Alice calls again"))
                .findFirst()
                .orElseThrow());
        assertThat(lines.subList(first, end).stream().filter(line -> line.matches(" (alice|bob) .*")))
                .allMatch(line -> line.matches(".* STA[0-9]+[A-D]? +[dmar·]{4} +[0-9]+ +[0-9]+ +[0-9]+"));
    }

    @Test
    void whatWasNotSeenWhenItWasSentIsToldWhenItArrives() {
        assertThat(chat(TraceLab.ISO, false, true, false))
                .anyMatch(line -> line.matches(" bob +▲ S-DATA.indication +← GT·DT  \"Hello, Bob\" +STA713 *"));
    }

    @Test
    void aFilterChoosesTheHost() {
        assertThat(chat(TraceLab.ISO, true, true, false, "host=bob"))
                .anyMatch(line -> line.startsWith(" bob "))
                .noneMatch(line -> line.startsWith(" alice "));
    }

    @Test
    void colourIsNeverAlone() {
        List<String> plain = chat(TraceLab.ISO, true, true, false);
        List<String> coloured = chat(TraceLab.ISO, true, true, true);
        assertThat(String.join("\n", coloured)).contains("\u001b[");
        assertThat(coloured.stream()
                        .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "").stripTrailing()))
                .containsExactlyElementsOf(plain);
    }

    @Test
    void whereThereIsNoSessionProtocolThereIsNothingToTellButPrimitives() {
        assertThat(chat(TraceLab.INTERNET, true, true, false)).noneMatch(line -> line.contains("STA"));
    }

    @Test
    void programsGetTheSame() {
        StringWriter out = new StringWriter();
        story(new JsonTrace(out, TraceFilter.of(List.of("layer=5"))));
        assertThat(out.toString())
                .containsSubsequence(
                        "\"name\":\"S-SYNC-MAJOR.request\"",
                        "\"dialogue\":{\"session\":\"session 1\",\"state\":\"STA713\",\"own\":[\"data\",\"synchronize-minor\","
                                + "\"major/activity\"],\"peer\":[\"release\"],\"va\":3,\"vm\":3,\"vr\":1}",
                        "\"name\":\"V(A) = 3, V(M) = 4, V(R) = 1\"",
                        "\"params\":{\"protocol\":\"X.225\",\"connection\":\"session 1\",\"cause\":\"S-SYNC-MAJOR.request\","
                                + "\"V(A)\":\"3\",\"V(M)\":\"4\",\"V(R)\":\"1\"}",
                        "\"name\":\"GT·MAP\"",
                        "\"state\":\"STA04A\"")
                .containsSubsequence(
                        "\"name\":\"V(As) = 1, V(Ms) = 2, V(Rs) = 0, V(Ar) = 3, V(Mr) = 3, V(Rr) = 0\"",
                        "\"va\":1,\"vm\":2,\"vr\":0,\"received\":{\"va\":3,\"vm\":3,\"vr\":0}}");
    }
}
