package org.osistack.application.shell;

import java.util.List;

/** Finds what a line asks for, and starts it. The words of a line are what stands between blanks: nothing else is special. */
final class CommandBook {
    private final ShellSettings settings;
    private final CommandRunner runner;
    private final BuiltIns builtIns;

    CommandBook(ShellSettings settings, CommandRunner runner, BuiltIns builtIns) {
        this.settings = settings;
        this.runner = runner;
        this.builtIns = builtIns;
    }

    /**
     * A line as it is understood.
     *
     * @param command null if there is an objection
     * @param objection why it is not run, in a sentence; null if it is
     */
    record Order(AllowedCommand command, List<String> arguments, String objection) {}

    /** Understand a line of some user's, which has at least one word. */
    Order understand(String line, String user) {
        List<String> words = List.of(line.strip().split(" +"));
        List<String> arguments = words.subList(1, words.size());
        AllowedCommand command = settings.commands().get(words.get(0));
        if (command == null) {
            return new Order(
                    null, arguments, "there is no command " + words.get(0) + "; help lists those that there are");
        } else if (!command.mayBeRunBy(user)) {
            return new Order(null, arguments, "you may not run " + command.name());
        }
        String objection = command.objection(arguments);
        return new Order(objection == null ? command : null, arguments, objection);
    }

    /** Start what was understood. As {@link CommandRunner#start}. */
    CommandRunner.Running start(Order order, BuiltIns.About about, CommandRunner.Listener listener) {
        AllowedCommand command = order.command;
        return command.program() == null
                ? builtIns.start(command.name(), order.arguments, about, listener)
                : runner.start(command.program(), order.arguments, listener);
    }
}
