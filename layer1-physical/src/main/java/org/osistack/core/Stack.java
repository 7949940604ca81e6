package org.osistack.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The layers of one host, composed from a {@link StackSpec} and open for use. */
public final class Stack implements AutoCloseable {
    /**
     * One module of an open stack.
     *
     * @param entity what the provider made, without taps
     * @param service what the layer above uses: the entity, or a tap before it
     */
    private record Opened(Planned planned, Object entity, Object service) {
        LayerProvider<?, ?> provider() {
            return planned.provider();
        }
    }

    private final Host host;
    private final LayerProviders providers;
    private final List<Opened> layers = new ArrayList<>();
    private int shared; // how many of the lowest layers belong to another stack

    private Stack(Host host, LayerProviders providers) {
        this.host = host;
        this.providers = providers;
    }

    /** Open a stack without a trace. */
    public static Stack open(Host host, StackSpec spec) {
        return open(host, spec, null, () -> Dissector.NONE);
    }

    /**
     * Open a stack.
     *
     * @param trace what the taps report to; null for a stack without taps
     * @param application makes what explains the PDUs of the application on top
     * @throws ConfigurationException if a module does not exist, does not fit on the one below, or refuses to open
     */
    public static Stack open(Host host, StackSpec spec, Trace trace, Supplier<Dissector> application) {
        return open(host, spec, LayerProviders.load(), trace, application);
    }

    /** Open a stack of these modules and no others; the rest is as above. */
    public static Stack open(
            Host host, StackSpec spec, LayerProviders providers, Trace trace, Supplier<Dissector> application) {
        if (trace != null) {
            host.observe(trace.observer(host));
        }
        return new Stack(host, providers).openAbove(plan(spec, providers), trace, application);
    }

    /**
     * Open a second column of upper layers on the lower layers of this stack: the two share each module up to the first
     * that differs in name or options. Closing either leaves the other whole, so the column is to be closed first.
     *
     * @throws ConfigurationException as {@link #open}
     */
    public Stack column(StackSpec spec, Trace trace, Supplier<Dissector> application) {
        List<Planned> plan = plan(spec, providers);
        Stack column = new Stack(host, providers);
        while (column.shared < Math.min(plan.size(), layers.size())
                && plan.get(column.shared).isSameAs(layers.get(column.shared).planned())) {
            Opened lower = layers.get(column.shared);
            column.layers.add(column.tapped(plan, column.shared, lower.planned(), lower.entity(), trace, application));
            column.shared++;
        }
        return column.openAbove(plan, trace, application);
    }

    /**
     * Open a second column of lower layers on the same host, as on another link, for a module of this stack that takes
     * more than one: what its topmost module offers is traced as used by the lowest module of this stack above it.
     * Whoever opens it hands it to that module, and closes it after this stack.
     *
     * @throws ConfigurationException as {@link #open}, and if this stack has nothing above it
     */
    public Stack lowerColumn(StackSpec spec, Trace trace) {
        List<Planned> plan = plan(spec, providers);
        int top = plan.get(plan.size() - 1).provider().layer();
        Planned user = layers.stream()
                .map(Opened::planned)
                .filter(planned -> planned.provider().layer() > top)
                .findFirst()
                .orElseThrow(() -> new ConfigurationException("the stack has nothing above layer " + top));
        List<Planned> whole = new ArrayList<>(plan);
        whole.add(user);
        return new Stack(host, providers).openAbove(whole, plan.size(), trace, () -> Dissector.NONE);
    }

    private Stack openAbove(List<Planned> plan, Trace trace, Supplier<Dissector> application) {
        return openAbove(plan, plan.size(), trace, application);
    }

    /** Open the modules of a plan up to a number of them; what comes behind is their user. */
    private Stack openAbove(List<Planned> plan, int end, Trace trace, Supplier<Dissector> application) {
        try {
            for (int i = layers.size(); i < end; i++) {
                Object below = i == 0 ? null : layers.get(i - 1).service();
                Planned planned = plan.get(i);
                Object entity = typed(planned.provider()).open(host, below, planned.options());
                layers.add(tapped(plan, i, planned, entity, trace, application));
            }
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Opened tapped(
            List<Planned> plan,
            int index,
            Planned planned,
            Object entity,
            Trace trace,
            Supplier<Dissector> application) {
        if (trace == null) {
            return new Opened(planned, entity, entity);
        }
        LayerProvider<?, ?> provider = planned.provider();
        LayerProvider<?, ?> user = index + 1 < plan.size() ? plan.get(index + 1).provider() : null;
        SapTrace sap = trace.sap(
                host,
                provider.layer(),
                provider.name(),
                user == null ? StackSpec.TOP + 1 : user.layer(),
                user == null ? application : user::newDissector);
        return new Opened(planned, entity, typed(provider).tap(entity, sap));
    }

    @SuppressWarnings("unchecked")
    private static LayerProvider<Object, Object> typed(LayerProvider<?, ?> provider) {
        return (LayerProvider<Object, Object>) provider; // plan() has checked that the services fit
    }

    /** One module of a stack that is to be opened, with its options. */
    public record Planned(LayerProvider<?, ?> provider, Options options) {
        boolean isSameAs(Planned other) {
            return provider.getClass() == other.provider.getClass()
                    && provider.name().equals(other.provider.name())
                    && Objects.equals(options.main(), other.options.main())
                    && options.values().equals(other.options.values());
        }
    }

    /**
     * Find the modules of a stack, complete it with those that they stand on, and check that they fit.
     *
     * @throws ConfigurationException if they do not
     */
    public static List<Planned> plan(StackSpec spec, LayerProviders providers) {
        List<Planned> plan = new ArrayList<>();
        Class<?> below = Void.class;
        String belowName = "";
        for (StackSpec.Module module : spec.modules()) {
            LayerProvider<?, ?> provider = providers.get(module.layer(), module.name());
            if (!provider.standsOn().isEmpty() && !provider.requires().isAssignableFrom(below)) {
                LayerProvider<?, ?> under = providers.get(module.layer(), provider.standsOn());
                checkFits(under, below, belowName);
                plan.add(new Planned(under, Options.none(under.name())));
                below = under.provides();
                belowName = under.name();
            }
            checkFits(provider, below, belowName);
            checkOptions(provider, module.options());
            plan.add(new Planned(provider, module.options()));
            below = provider.provides();
            belowName = provider.name();
        }
        if (plan.isEmpty()) {
            throw new ConfigurationException("the stack has no layers");
        }
        int headers =
                plan.stream().mapToInt(p -> p.provider().maxHeaderLength()).sum();
        if (headers > Host.HEADROOM) {
            throw new ConfigurationException(
                    "the headers of this stack take " + headers + " octets, more than " + Host.HEADROOM);
        }
        return plan;
    }

    private static void checkFits(LayerProvider<?, ?> provider, Class<?> below, String belowName) {
        if (!provider.requires().isAssignableFrom(below)) {
            String offer = below == Void.class ? "there is nothing" : belowName + " offers " + name(below);
            throw new ConfigurationException(
                    provider.name() + " needs " + name(provider.requires()) + " below it, and " + offer);
        }
    }

    private static String name(Class<?> service) {
        if (service == Void.class) {
            return "nothing";
        }
        String name = service.getSimpleName();
        return ("AEIOU".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + name;
    }

    private static void checkOptions(LayerProvider<?, ?> provider, Options options) {
        if (options.main() != null && provider.mainValue().isEmpty()) {
            throw new ConfigurationException(provider.name() + " takes no value after the colon");
        }
        List<String> known = provider.options().stream().map(OptionSpec::name).toList();
        for (String key : options.values().keySet()) {
            if (!known.contains(key)) {
                throw new ConfigurationException(provider.name() + " has no option " + key
                        + known.stream().collect(Collectors.joining(", ", known.isEmpty() ? "" : "; it has: ", "")));
            }
        }
    }

    /**
     * The service that the stack offers to an application.
     *
     * @throws ConfigurationException if the topmost layer offers another
     */
    public <S> S service(Class<S> type) {
        Opened top = layers.get(layers.size() - 1);
        if (!type.isInstance(top.service())) {
            throw new ConfigurationException(name(type) + " is needed, and "
                    + top.provider().name() + " offers " + name(top.provider().provides()));
        }
        return type.cast(top.service());
    }

    /** A layer's management interface (X.700), if one of the layers has it: the topmost that does. */
    public <M> Optional<M> management(Class<M> type) {
        for (int i = layers.size() - 1; i >= 0; i--) {
            if (type.isInstance(layers.get(i).entity())) {
                return Optional.of(type.cast(layers.get(i).entity()));
            }
        }
        return Optional.empty();
    }

    /** The stack in words, lowest layer first. */
    @Override
    public String toString() {
        return layers.stream().map(o -> o.provider().name()).collect(Collectors.joining(" / "));
    }

    /** Close the layers that are this stack's own and can be closed, topmost first. */
    @Override
    public void close() {
        for (int i = layers.size() - 1; i >= shared; i--) {
            if (layers.get(i).entity() instanceof Closeable closeable) {
                closeable.close();
            }
        }
        layers.clear();
    }

    /** An entity with something to give back when its stack is closed: a device, a file, a thread. */
    public interface Closeable {
        /** Give it back. Does not fail. */
        void close();
    }
}
