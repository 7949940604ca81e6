package org.osistack.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The modules that can be found on this machine. */
public final class LayerProviders {
    private final List<LayerProvider<?, ?>> providers = new ArrayList<>();

    private LayerProviders() {
        for (LayerProvider<?, ?> provider : ServiceLoader.load(LayerProvider.class)) {
            providers.add(provider);
        }
        providers.sort(Comparator.<LayerProvider<?, ?>>comparingInt(LayerProvider::layer)
                .thenComparing(LayerProvider::name));
    }

    /** Look for them afresh. */
    public static LayerProviders load() {
        return new LayerProviders();
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
