package org.osistack.application.trace;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osistack.core.TraceEvent;

/**
 * Tells the stories of a trace on a terminal: each message of a user from its words down to the frames and up again, the
 * setting up and the end of connections in short, and whatever goes wrong. What repeats is folded.
 */
final class TextTrace implements TurnPrinter {
    private static final int MAX_SPOKEN = 512; // octets: shorter messages are somebody's words
    private static final long SAME_BREATH_NANOS = 500_000_000L; // a message of the same kind so soon is told in short

    private static final int TRANSPORT = 4; // the layer in which one service may stand on another

    private final Page page;
    private final Blocks blocks;
    private final Ladder ladder;
    private final boolean all;
    private final boolean oneSided;
    private final boolean thorough;
    private final String stack;
    private final Folder folder;
    private final Map<String, Long> lastTold = new HashMap<>(); // by kind of message: when one was begun
    private final Set<String> services = new HashSet<>(); // host, layer and service of those seen
    private final Set<String> doubled = new HashSet<>(); // layers that have more than one service
    private Story current;
    private String currentHost = "";

    /**
     * What is told, and how.
     *
     * @param verbosity as {@link Blocks}
     * @param all whether nothing is folded
     * @param oneSided whether the trace has one end of each connection only
     * @param thorough whether each message is told with who wrote each octet of its first frame, and a table of costs
     * @param stack what the stack is called; empty for nothing
     * @param names hosts by their addresses; may grow
     */
    record Telling(
            int verbosity, boolean all, boolean oneSided, boolean thorough, String stack, Map<String, String> names) {}

    TextTrace(Page page, Telling telling) {
        this.page = page;
        this.blocks = new Blocks(page, telling.verbosity);
        this.ladder = new Ladder(page, telling.names, telling.verbosity > 0 || telling.all);
        this.all = telling.all;
        this.oneSided = telling.oneSided;
        this.thorough = telling.thorough;
        this.stack = telling.stack;
        this.folder = new Folder(page);
    }

    @Override
    public void turn(List<Step> steps) {
        page.clock().event(steps.get(0).event().time());
        for (Step step : steps) {
            if (step.message() != null) {
                learn(step);
            }
        }
        for (Node tree : Node.trees(steps)) {
            tree(tree);
        }
    }

    @Override
    public void close() {
        folder.flush();
    }

    /** What is held back is not to be told. */
    void forget() {
        folder.forget();
        current = null;
    }

    private void learn(Step step) {
        Message message = step.message();
        ladder.learn(message, step.event());
        String place = message.host + message.layer;
        if (services.add(place + message.service)
                && services.stream().filter(s -> s.startsWith(place)).count() > 1) {
            doubled.add(place);
        }
    }

    private boolean isDoubled(Message message) {
        return message.layer == TRANSPORT && doubled.contains(message.host + message.layer);
    }

    private void tree(Node tree) {
        Story story = tree.step.story();
        if (Chapters.begins(tree.step.event())) {
            folder.flush();
            Chapters.print(page, tree.step.event());
        } else if (!tree.isPrimitive()) {
            if (all || Blocks.isNotable(tree.step.event()) || tree.step.event().kind() == TraceEvent.Kind.NOTE) {
                shortly(tree);
            }
        } else if (all) {
            at(story, tree);
            whole(tree);
        } else if (story.kind == Story.Kind.MESSAGE) {
            message(story, tree);
        } else {
            shortly(tree);
        }
    }

    // ---- Connections, and what no user asked for ----

    private void shortly(Node tree) {
        List<Message> frames = tree.framesSent();
        boolean onlyAcknowledges = tree.step.story().kind != Story.Kind.CONNECTION
                && !frames.isEmpty()
                && frames.stream().noneMatch(Story::carries)
                && isQuiet(tree);
        boolean onlyArrives = tree.isPrimitive()
                && frames.isEmpty()
                && tree.message().sent != null
                && isQuiet(tree)
                && tree.all().stream().allMatch(node -> !node.isPrimitive() || isUnitData(node.message()));
        if (onlyAcknowledges) {
            frames.forEach(folder::acknowledgement);
            return;
        }
        if (onlyArrives) {
            return; // its sender has been told of
        }
        folder.flush();
        heading(tree.step.story());
        ladder.tell(tree);
    }

    private static boolean isQuiet(Node tree) {
        return tree.all().stream()
                .filter(node -> !node.isPrimitive())
                .noneMatch(node ->
                        Blocks.isNotable(node.step.event()) || node.step.event().kind() == TraceEvent.Kind.STATE);
    }

    private static boolean isUnitData(Message message) {
        return message.layer <= 3 && !message.primitive.contains("REPORT");
    }

    private void heading(Story story) {
        if (story.kind == Story.Kind.CONNECTION && !story.isHeaded) {
            story.isHeaded = true;
            if (story.host.isEmpty()) {
                page.empty();
            } else {
                blocks.header(story.host, "▸", connection(story.title), right(story.began));
            }
        } else if (story != current && current != null && current.kind == Story.Kind.MESSAGE) {
            page.empty();
        }
        current = story;
        currentHost = "";
    }

    private static String connection(String primitive) {
        return switch (primitive) {
            case "P-CONNECT.request", "S-CONNECT.request", "T-CONNECT.request" -> "asks for a connection";
            case "P-RELEASE.request" -> "ends the connection in good order";
            case "P-U-ABORT.request", "S-U-ABORT.request", "T-DISCONNECT.request" -> "breaks the connection off";
            case "P-TOKEN-GIVE.request" -> "gives tokens";
            case "P-TOKEN-PLEASE.request" -> "asks for tokens";
            default -> primitive;
        };
    }

    private String right(long time) {
        return (stack.isEmpty() ? "" : "stack " + stack + "   ") + "t = " + page.time(time);
    }

    // ---- Messages ----

    private void message(Story story, Node tree) {
        if (isFolded(story, tree)) {
            return;
        }
        boolean down = tree.message().isDown();
        if (!down && tree.highestReached() < 6) {
            partial(story, tree);
            return;
        }
        if (down && tree.framesSent().stream().noneMatch(Story::carries) && tree.message().layer < 6 && isQuiet(tree)) {
            tree.framesSent().forEach(folder::acknowledgement);
            return;
        }
        at(story, tree);
        if (down) {
            new Descent(blocks, this::isDoubled).tell(tree);
            if (thorough && blocks.verbosity() < 2) {
                firstFrame(tree);
            }
            if (oneSided && isWhollySent(story, tree)) {
                cost(story);
            }
        } else {
            ascend(story, tree);
        }
    }

    /** Who wrote which octets of the first frame. */
    private void firstFrame(Node tree) {
        for (Node node : tree.all()) {
            if (node.isPrimitive() && node.message().isFrame() && node.message().isDown()) {
                page.empty();
                page.print(new Line().bold(" Who wrote which octet of the frame"));
                page.empty();
                HexLine.map(node.step.event().octets(), node.message().owners, page.columns())
                        .forEach(blocks::line);
                return;
            }
        }
    }

    /** Whether it is one of many messages of the same kind, of which the first has been told at length. */
    private boolean isFolded(Story story, Node tree) {
        boolean begins = tree.message().isDown() && tree.message().layer == 6;
        if (begins) {
            String kind = story.host + ' ' + tree.message().protocol + ' ' + story.pdu;
            Long last = lastTold.put(kind, story.began);
            story.isTold = last == null
                    || story.began - last > SAME_BREATH_NANOS
                    || story.userOctets > 0 && story.userOctets <= MAX_SPOKEN;
            if (!story.isTold) {
                folder.message(story);
            }
        }
        if (story.isTold) {
            return false;
        }
        for (Node node : tree.all()) {
            if (!node.isPrimitive() && Blocks.isNotable(node.step.event())) {
                folder.flush();
                ladder.tell(node);
            }
        }
        return true;
    }

    /** Say whose story goes on, if it is not the one that was told last. */
    private void at(Story story, Node tree) {
        folder.flush();
        Message root = tree.message();
        boolean ongoing = story == current && root.host.equals(currentHost) && root.isDown();
        if (!ongoing) {
            if (root.isDown()) {
                boolean begins = root.layer == 6 && root.parent == null || root.story != current;
                blocks.header(root.host, "▸", words(story) + (begins ? "" : " (goes on)"), right(root.time));
            } else {
                crossing(root);
            }
        }
        current = story;
        currentHost = root.host;
    }

    private static String words(Story story) {
        return story.title.isEmpty() ? "" : story.title;
    }

    /** From one host to the other. */
    private void crossing(Message frame) {
        String text = frame.sent == null
                ? " a frame arrives "
                : " " + frame.sent.host + " → " + frame.host + ", " + Texts.duration(frame.time - frame.sent.time)
                        + " on the way ";
        int side = Math.max(2, (page.columns() - text.length()) / 2);
        page.empty();
        page.print(new Line()
                .of(1, "═".repeat(side))
                .boldOf(1, text)
                .of(1, "═".repeat(Math.max(2, page.columns() - side - text.length()))));
        blocks.header(frame.host, "◂", "receives", right(frame.time));
    }

    private void partial(Story story, Node tree) {
        Message segment = null;
        for (Node node : tree.all()) {
            if (node.isPrimitive()
                    && !node.message().isDown()
                    && node.message().sent != null
                    && Blocks.parts(node.message().sent).length() > 0) {
                segment = node.message();
            }
        }
        boolean interesting = segment != null || !isQuiet(tree);
        if (!interesting) {
            if (tree.message().sent == null || Story.carries(tree.message())) {
                folder.frame(tree.message());
            }
            return; // an acknowledgement: its sending was counted
        }
        folder.flush();
        Line line = new Line().add(" ").bold(tree.message().host).add(" ◂ ");
        if (segment != null) {
            line.boldOf(segment.pduLayer, segment.pduLayer + " " + segment.title())
                    .add("  " + Blocks.parts(segment.sent) + ": not complete yet");
        }
        page.print(line, new Line().dim("t = " + page.time(tree.message().time)));
        for (Node node : tree.all()) {
            if (!node.isPrimitive()) {
                blocks.inside(node.step.event());
            }
        }
        currentHost = "";
        for (Message frame : tree.framesSent()) {
            folder.acknowledgement(frame);
        }
    }

    private void ascend(Story story, Node tree) {
        List<Node> answers = Ascent.tell(blocks, this::isDoubled, tree);
        if (!story.title.isEmpty()) {
            page.empty();
            page.print(new Line().bold(tree.message().host + " ◂ " + story.title));
        }
        for (Node answer : answers) {
            List<Message> frames = answer.framesSent();
            if (frames.stream().noneMatch(Story::carries)) {
                frames.forEach(folder::acknowledgement);
            } else {
                new Descent(blocks, this::isDoubled).tell(answer);
            }
        }
        if (oneSided && story.frames == 0 && tree.message().isFrame()) {
            story.frame(tree.message());
        }
        if (story.frames > 0) {
            cost(story);
        }
    }

    private boolean isWhollySent(Story story, Node tree) {
        boolean segments = false;
        for (Node node : tree.all()) {
            Message message = node.message();
            if (message != null && message.layer == 3 && message.isDown()) {
                for (Message.Part part : message.parts) {
                    segments = true;
                    if (part.to() == part.whole().length && part.whole().story == story) {
                        return true;
                    }
                }
            }
        }
        return !segments;
    }

    private void cost(Story story) {
        if (story.frames == 0 || story.isCosted) {
            return;
        }
        story.isCosted = true;
        page.empty();
        List<Line> lines = thorough || blocks.verbosity() > 0
                ? Costs.table(story, page.columns())
                : Costs.brief(story, page.columns());
        lines.forEach(page::print);
    }

    /** Everything, at length, whatever it is about. */
    private void whole(Node tree) {
        if (tree.message().isDown()) {
            new Descent(blocks, this::isDoubled).tellAll(tree);
        } else {
            List<Node> answers = Ascent.tell(blocks, this::isDoubled, tree);
            for (Node answer : answers) {
                page.empty();
                new Descent(blocks, this::isDoubled).tellAll(answer);
            }
        }
        if (tree.step.story().kind == Story.Kind.MESSAGE && tree.highestReached() == 6) {
            cost(tree.step.story());
        }
    }
}
