package org.osistack.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The modules that can be found on this machine. */
public final class LayerProviders {
    private final List<LayerProvider<?, ?>> providers = new ArrayList<>();

    private LayerProviders(Iterable<? extends LayerProvider<?, ?>> found) {
        found.forEach(providers::add);
        providers.sort(Comparator.<LayerProvider<?, ?>>comparingInt(LayerProvider::layer)
                .thenComparing(LayerProvider::name));
    }

    /**
     * Look for them afresh.
     *
     * @throws ConfigurationException if one can't be loaded
     */
    public static LayerProviders load() {
        List<LayerProvider<?, ?>> found = new ArrayList<>();
        try {
            ServiceLoader.load(LayerProvider.class).forEach(found::add);
        } catch (ServiceConfigurationError e) {
            throw new ConfigurationException("a module cannot be loaded: " + e.getMessage(), e);
        }
        return new LayerProviders(found);
    }

    /** These and no others, for tests of a stack with a layer that is not on the module path. */
    public static LayerProviders of(LayerProvider<?, ?>... providers) {
        return new LayerProviders(List.of(providers));
    }

    /** All of them, by layer and name. */
    public List<LayerProvider<?, ?>> all() {
        return List.copyOf(providers);
    }

    public List<LayerProvider<?, ?>> ofLayer(int layer) {
        return providers.stream().filter(p -> p.layer() == layer).toList();
    }

    /**
     * The provider of that name.
     *
     * @throws ConfigurationException if the layer has none of that name
     */
    public LayerProvider<?, ?> get(int layer, String name) {
        for (LayerProvider<?, ?> provider : providers) {
            if (provider.layer() == layer && provider.name().equals(name)) {
                return provider;
            }
        }
        String there = ofLayer(layer).stream().map(LayerProvider::name).collect(Collectors.joining(", "));
        throw new ConfigurationException("no layer " + layer + " called " + name
                + (there.isEmpty() ? "; there is none at all" : "; there is: " + there));
    }
}
