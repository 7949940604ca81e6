package org.osistack.application.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The figures of one pairing in all rounds, and their medians; a figure that could not be had is NaN. */
final class Result {
    private final Pairing pairing;
    private final List<Goodput> goodputs = new ArrayList<>();
    private final List<Double> busyCores = new ArrayList<>();
    private final List<RoundTrips> roundTrips = new ArrayList<>();
    private final List<Connections> connections = new ArrayList<>();

    Result(Pairing pairing) {
        this.pairing = pairing;
    }

    Pairing pairing() {
        return pairing;
    }

    /**
     * Add a figure.
     *
     * @param cores how many processor cores were busy with it, the warm-up included
     */
    void add(Goodput figure, double cores) {
        goodputs.add(figure);
        busyCores.add(cores);
    }

    void add(RoundTrips figure) {
        roundTrips.add(figure);
    }

    void add(Connections figure) {
        connections.add(figure);
    }

    double bitsPerSecond() {
        return median(goodputs, Goodput::bitsPerSecond);
    }

    double busyCores() {
        return median(busyCores, Double::doubleValue);
    }

    double leastBitsPerSecond() {
        return goodputs.stream().mapToDouble(Goodput::bitsPerSecond).min().orElse(Double.NaN);
    }

    double mostBitsPerSecond() {
        return goodputs.stream().mapToDouble(Goodput::bitsPerSecond).max().orElse(Double.NaN);
    }

    double framesPerSecond() {
        return median(goodputs, Goodput::framesPerSecond);
    }

    double efficiency() {
        return median(goodputs, Goodput::efficiency);
    }

    double p50Nanos() {
        return median(roundTrips, RoundTrips::p50Nanos);
    }

    double p99Nanos() {
        return median(roundTrips, RoundTrips::p99Nanos);
    }

    double connectionsPerSecond() {
        return median(connections, Connections::perSecond);
    }

    private static <F> double median(List<F> figures, ToDoubleFunction<F> number) {
        return Report.median(figures.stream().map(number::applyAsDouble).toList());
    }
}
