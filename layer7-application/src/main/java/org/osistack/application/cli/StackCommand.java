package org.osistack.application.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.osistack.application.ApplicationProvider;
import org.osistack.core.LayerProvider;
import org.osistack.core.LayerProviders;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;

/** {@code osi stack}: what a stack can be made of, and what a given one is made of. */
@Command(
        name = "stack",
        description = "List the modules that each layer can use, or draw the stack that is asked for.",
        footer = {
            "",
            "Examples:",
            "  osi stack",
            "  osi stack --stack internet",
            "  osi stack --l1 virtual:lab,loss=1%% --l4 tcp --l4 tpkt",
            "",
            "A stack can be written into a file, a line a module, lowest layer first: l1 virtual:lab,loss=1%%"
        })
final class StackCommand extends OsiCommand {
    private static final List<String> LAYERS =
            List.of("", "physical", "data link", "network", "transport", "session", "presentation", "application");
    private static final int ITEM_WIDTH = 28;
    private static final int NAME_WIDTH = 13;
    private static final int MODULE_WIDTH = 34;

    @Mixin
    private StackOptions stackOptions;

    @Override
    public Integer call() {
        LayerProviders providers = LayerProviders.load();
        if (stackOptions.isGiven()) {
            draw(providers, Stack.plan(stackOptions.checkedSpec(Preset.ISO_ON_TCP), providers));
        } else {
            list(providers);
        }
        return Main.SUCCESS;
    }

    private void list(LayerProviders providers) {
        out().println(strong("7 application") + ", one or several at once: osi serve APP[=ARG]...");
        for (ApplicationProvider application : ServeCommand.applications()) {
            item(
                    application.name() + (application.argument().isEmpty() ? "" : "=" + application.argument()),
                    application.description() + standards(application.standards()));
            detail(
                    "",
                    application.needs() == ApplicationProvider.Needs.PLAIN
                            ? "on layers 5 none and 6 plain, which osi serve puts beside any stack on tcp"
                            : "on any layer 6");
        }
        for (int layer = StackSpec.TOP; layer >= 1; layer--) {
            out().println();
            out().println(strong(layer + " " + LAYERS.get(layer)));
            for (LayerProvider<?, ?> provider : providers.ofLayer(layer)) {
                list(providers, provider);
            }
        }
        out().println();
        for (Preset preset : Preset.values()) {
            out().println("--stack " + preset + " is "
                    + preset.spec().modules().stream()
                            .map(StackSpec.Module::name)
                            .collect(Collectors.joining(" / ")));
        }
        out().flush();
    }

    private void list(LayerProviders providers, LayerProvider<?, ?> provider) {
        String value = provider.mainValue().isEmpty() ? "" : ":" + provider.mainValue();
        item(provider.name() + value, provider.description() + standards(provider.standards()));
        if (provider.requires() != Void.class) {
            List<String> under = providers.all().stream()
                    .filter(p -> p != provider && p.layer() <= provider.layer() && p.layer() >= provider.layer() - 1)
                    .filter(p -> provider.requires().isAssignableFrom(p.provides()))
                    .map(LayerProvider::name)
                    .toList();
            detail(
                    "",
                    "on " + (under.isEmpty() ? "nothing that is here" : String.join(", ", under)) + " ("
                            + provider.requires().getSimpleName() + "); offers "
                            + provider.provides().getSimpleName());
        }
        for (OptionSpec option : provider.options()) {
            String standard = option.defaultValue().isEmpty() ? "" : " [" + option.defaultValue() + "]";
            detail(option.name() + "=" + option.value(), option.text() + standard);
        }
    }

    private void item(String name, String text) {
        out().println("  " + strong(pad(name, ITEM_WIDTH)) + " " + text);
    }

    private void detail(String name, String text) {
        out().println("    " + pad(name, ITEM_WIDTH - 2) + " " + text);
    }

    private static String standards(List<String> standards) {
        return standards.isEmpty() ? "" : " (" + String.join(", ", standards) + ")";
    }

    private void draw(LayerProviders providers, List<Stack.Planned> plan) {
        PrintWriter out = out();
        for (int i = plan.size() - 1; i >= 0; i--) {
            LayerProvider<?, ?> provider = plan.get(i).provider();
            out.println(offer(provider));
            boolean first = i + 1 == plan.size() || plan.get(i + 1).provider().layer() != provider.layer();
            String layer = first ? provider.layer() + " " + LAYERS.get(provider.layer()) : "";
            out.println(" " + pad(layer, NAME_WIDTH + 2) + strong(pad(text(plan.get(i)), MODULE_WIDTH)) + " "
                    + provider.description() + standards(provider.standards()));
        }
        out.println(" " + "═".repeat(NAME_WIDTH + MODULE_WIDTH + 2));
        out.println();
        out.println("headers that layers 1 to 6 put before an SDU: at most "
                + plan.stream().mapToInt(p -> p.provider().maxHeaderLength()).sum() + " octets");
        out.println();
        LayerProvider<?, ?> top = plan.get(plan.size() - 1).provider();
        for (int i = 0; i < plan.size(); i++) {
            LayerProvider<?, ?> provider = plan.get(i).provider();
            List<String> instead = replacements(providers, plan, i);
            if (!instead.isEmpty()) {
                out.println("instead of " + provider.name() + ": " + String.join(", ", instead));
            }
        }
        out.println("on " + top.name() + ": "
                + ServeCommand.applications().stream()
                        .filter(a -> a.needs() == ApplicationProvider.Needs.ASSOCIATIONS
                                || top.name().equals("plain"))
                        .map(ApplicationProvider::name)
                        .collect(Collectors.joining(", ")));
        out.flush();
    }

    /** Modules of the same layer that fit where this one is. */
    private static List<String> replacements(LayerProviders providers, List<Stack.Planned> plan, int index) {
        LayerProvider<?, ?> here = plan.get(index).provider();
        Class<?> below =
                index == 0 ? Void.class : plan.get(index - 1).provider().provides();
        List<String> fitting = new ArrayList<>();
        for (LayerProvider<?, ?> other : providers.ofLayer(here.layer())) {
            boolean fitsBelow = other.requires().isAssignableFrom(below);
            boolean fitsAbove = index + 1 == plan.size()
                    || plan.get(index + 1).provider().requires().isAssignableFrom(other.provides());
            if (!other.name().equals(here.name()) && fitsBelow && fitsAbove) {
                fitting.add(other.name());
            }
        }
        return fitting;
    }

    private static String offer(LayerProvider<?, ?> provider) {
        String line = " ── " + provider.provides().getSimpleName() + " ";
        return line + "─".repeat(Math.max(0, NAME_WIDTH + MODULE_WIDTH + 3 - line.length()));
    }

    private static String text(Stack.Planned planned) {
        Options options = planned.options();
        StringBuilder text = new StringBuilder(planned.provider().name());
        if (options.main() != null) {
            text.append(':').append(options.main());
        }
        for (Map.Entry<String, String> option : options.values().entrySet()) {
            text.append(',').append(option.getKey()).append('=').append(option.getValue());
        }
        return text.toString();
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text : text + " ".repeat(width - text.length());
    }

    private String strong(String text) {
        return isColoured() ? Ansi.ON.string("@|bold " + text + "|@") : text;
    }
}
