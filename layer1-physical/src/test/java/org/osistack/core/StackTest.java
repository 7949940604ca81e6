package org.osistack.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackTest {
    private interface Low {}

    private interface Stream {}

    private interface OtherStream {}

    private interface RecordsService extends Low {}

    private interface Managed {}

    private final List<String> closed = new ArrayList<>();
    private final Host host = new Simulation(1).newHost("alice");
    private final LayerProviders providers = LayerProviders.of(
            provider(4, "tpkt", Stream.class, RecordsService.class).standsOn("tcp"),
            provider(1, "virtual", Void.class, Low.class)
                    .main("NAME")
                    .option("loss")
                    .option("delay"),
            provider(4, "tcp", Low.class, Stream.class),
            provider(4, "other", Low.class, OtherStream.class),
            provider(2, "refuser", Low.class, Low.class).refusing(),
            provider(2, "fat", Low.class, Low.class).headers(257));

    @Test
    void opensItsLayersFromBelowAndClosesThemFromAbove() {
        Stack stack = open("virtual", "tcp");

        assertThat(stack).hasToString("virtual / tcp");
        assertThat(stack.service(Stream.class)).hasToString("tcp on virtual");
        assertThat(stack.management(Managed.class)).get().hasToString("tcp on virtual");
        stack.close();

        assertThat(closed).containsExactly("tcp", "virtual");
    }

    @Test
    void completesAStackWithWhatAModuleStandsOn() {
        assertThat(plan("virtual", "tpkt")).containsExactly("virtual", "tcp", "tpkt");
        assertThat(plan("virtual", "tcp", "tpkt")).containsExactly("virtual", "tcp", "tpkt");
    }

    @Test
    void aServiceThatExtendsTheOneNeededWillDo() {
        assertThat(plan("virtual", "tpkt", "tcp")).containsExactly("virtual", "tcp", "tpkt", "tcp");
    }

    @Test
    void closesWhatItHasOpenedWhenALayerRefuses() {
        refuses(() -> open("virtual", "refuser"), "refuser: it does not want to");

        assertThat(closed).containsExactly("virtual");
    }

    @Test
    void refusesWhatDoesNotFitInASentence() {
        refuses(() -> plan("tcp"), "tcp needs a Low below it, and there is nothing");
        refuses(() -> plan("tpkt"), "tcp needs a Low below it, and there is nothing");
        refuses(() -> plan("virtual", "virtual"), "virtual needs nothing below it, and virtual offers a Low");
        refuses(() -> plan("virtual", "other", "tpkt"), "tcp needs a Low below it, and other offers an OtherStream");
        refuses(() -> Stack.plan(new StackSpec(), providers), "the stack has no layers");
        refuses(() -> plan("virtual", "fat"), "the headers of this stack take 257 octets, more than 256");
    }

    @Test
    void refusesModulesAndOptionsThatDoNotExist() {
        refuses(() -> plan("virtuel"), "no layer 1 called virtuel; there is: virtual");
        refuses(
                () -> Stack.plan(new StackSpec().add(3, "ipv4"), providers),
                "no layer 3 called ipv4; there is none at all");
        refuses(() -> plan("virtual,los=1%"), "virtual has no option los; it has: loss, delay");
        refuses(() -> plan("virtual", "tcp,x=1"), "tcp has no option x");
        refuses(() -> plan("virtual", "tcp:x"), "tcp takes no value after the colon");
        assertThat(plan("virtual:lab,loss=1%")).containsExactly("virtual");
    }

    @Test
    void refusesToOfferAServiceThatItHasNot() {
        Stack stack = open("virtual", "tcp");

        refuses(() -> stack.service(OtherStream.class), "an OtherStream is needed, and tcp offers a Stream");
        assertThat(stack.management(Runnable.class)).isEmpty();
    }

    @Test
    void tapsEachServiceWhenThereIsATrace() {
        Trace trace = new Trace(host.group(), event -> {});

        Stack stack = Stack.open(host, spec("virtual", "tcp"), providers, trace, () -> Dissector.NONE);

        assertThat(stack.service(Stream.class)).hasToString("tapped tcp on tapped virtual");
        assertThat(stack.management(Managed.class)).get().hasToString("tcp on tapped virtual");
        assertThat(host.observer().isWatching()).isTrue();
    }

    @Test
    void aColumnSharesTheLayersThatAreTheSame() {
        Stack stack = open("virtual:lab", "tcp");

        Stack column = stack.column(spec("virtual:lab", "other"), null, () -> Dissector.NONE);
        assertThat(column).hasToString("virtual / other");
        column.close();
        assertThat(closed).containsExactly("other");
        stack.column(spec("virtual:another", "tcp"), null, () -> Dissector.NONE).close();
        assertThat(closed).containsExactly("other", "tcp", "virtual");

        stack.close();
        assertThat(closed).containsExactly("other", "tcp", "virtual", "tcp", "virtual");
    }

    @Test
    void aLowerColumnIsForALayerAboveIt() {
        Stack stack = open("virtual:lab", "tcp");

        Stack column = stack.lowerColumn(spec("virtual:lab"), null);
        assertThat(column).hasToString("virtual");
        assertThat(column.service(Low.class)).hasToString("virtual");
        stack.close();
        assertThat(closed).containsExactly("tcp", "virtual");
        column.close();
        assertThat(closed).containsExactly("tcp", "virtual", "virtual");

        refuses(() -> open("virtual").lowerColumn(spec("virtual"), null), "the stack has nothing above layer 1");
    }

    @Test
    void listsProvidersByLayerAndName() {
        assertThat(providers.all())
                .extracting(LayerProvider::name)
                .containsExactly("virtual", "fat", "refuser", "other", "tcp", "tpkt");
        assertThat(providers.ofLayer(2)).extracting(LayerProvider::name).containsExactly("fat", "refuser");
    }

    private List<String> plan(String... modules) {
        return Stack.plan(spec(modules), providers).stream()
                .map(planned -> planned.provider().name())
                .toList();
    }

    private Stack open(String... modules) {
        return Stack.open(host, spec(modules), providers, null, () -> Dissector.NONE);
    }

    /** Each module in the layer of its provider. */
    private StackSpec spec(String... modules) {
        StackSpec spec = new StackSpec();
        for (String module : modules) {
            String name = module.replaceFirst("[:,].*", "");
            int layer = providers.all().stream()
                    .filter(p -> p.name().equals(name))
                    .mapToInt(LayerProvider::layer)
                    .findFirst()
                    .orElse(1);
            spec.add(layer, module);
        }
        return spec;
    }

    private static void refuses(Runnable call, String message) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(call::run)
                .withMessage(message);
    }

    private FakeProvider provider(int layer, String name, Class<?> requires, Class<?> provides) {
        return new FakeProvider(layer, name, requires, provides);
    }

    private final class Entity implements RecordsService, Stream, Managed, Stack.Closeable {
        private final String name;
        private final String text;

        Entity(String name, String text) {
            this.name = name;
            this.text = text;
        }

        @Override
        public void close() {
            closed.add(name);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private final class FakeProvider implements LayerProvider<Object, Object> {
        private final int layer;
        private final String name;
        private final Class<?> requires;
        private final Class<?> provides;
        private final List<OptionSpec> options = new ArrayList<>();
        private String main = "";
        private String standsOn = "";
        private int headers;
        private boolean refusing;

        FakeProvider(int layer, String name, Class<?> requires, Class<?> provides) {
            this.layer = layer;
            this.name = name;
            this.requires = requires;
            this.provides = provides;
        }

        FakeProvider main(String value) {
            main = value;
            return this;
        }

        FakeProvider option(String key) {
            options.add(new OptionSpec(key, "VALUE", "", "an option"));
            return this;
        }

        FakeProvider standsOn(String module) {
            standsOn = module;
            return this;
        }

        FakeProvider headers(int octets) {
            headers = octets;
            return this;
        }

        FakeProvider refusing() {
            refusing = true;
            return this;
        }

        @Override
        public int layer() {
            return layer;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String description() {
            return "a fake";
        }

        @Override
        public List<String> standards() {
            return List.of();
        }

        @Override
        public String mainValue() {
            return main;
        }

        @Override
        public List<OptionSpec> options() {
            return options;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Class<Object> requires() {
            return (Class<Object>) requires;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Class<Object> provides() {
            return (Class<Object>) provides;
        }

        @Override
        public String standsOn() {
            return standsOn;
        }

        @Override
        public int maxHeaderLength() {
            return headers;
        }

        @Override
        public Object open(Host onHost, Object below, Options given) {
            if (refusing) {
                throw new ConfigurationException(name + ": it does not want to");
            }
            return new Entity(name, below == null ? name : name + " on " + below);
        }

        @Override
        public Object tap(Object service, SapTrace trace) {
            return new Entity(name, "tapped " + service);
        }
    }
}
