package org.osistack.application.cut;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.osistack.application.cut.Survey.Findings;
import org.osistack.application.cut.Survey.Run;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Options;

/**
 * Draws a survey as SVG: what a cut costs against the checkpoint interval, if there is more than one; otherwise against
 * the moment of the cut. It needs the module {@code java.desktop}, which the launcher adds for the command that draws.
 */
final class Plot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 560;
    private static final String FONT = Font.SANS_SERIF;
    private static final Color GREY = new Color(0x606060);
    private static final Color PALE = new Color(0xe4e4e4);
    /** Told apart by those who see fewer colours, too (Okabe and Ito). */
    private static final Color[] COLOURS = {
        new Color(0x009e73), // completed
        new Color(0x0072b2), // discarded
        new Color(0xe69f00), // hung
        new Color(0xd55e00), // lost
        new Color(0xcc79a7), // broken
        Color.BLACK // not cut
    };

    private static final Marker[] MARKERS = {
        SeriesMarkers.CIRCLE,
        SeriesMarkers.DIAMOND,
        SeriesMarkers.SQUARE,
        SeriesMarkers.TRIANGLE_DOWN,
        SeriesMarkers.CROSS,
        SeriesMarkers.PLUS
    };

    private Plot() {}

    /**
     * Refuse early what cannot be drawn later.
     *
     * @throws ConfigurationException if this Java cannot draw
     */
    static void check() {
        if (ModuleLayer.boot().findModule("java.desktop").isEmpty()
                && Plot.class.getModule().isNamed()) {
            throw new ConfigurationException(
                    "a plot needs the module java.desktop: start Java with --add-modules java.desktop");
        }
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true"); // nothing is shown, so no display is needed
        }
    }

    static void draw(OutputStream out, String scenario, List<Findings> all) throws IOException {
        try {
            XYChart chart = all.size() > 1 ? againstInterval(scenario, all) : againstMoment(scenario, all.get(0));
            VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsFormat.SVG);
        } catch (NoClassDefFoundError | UnsatisfiedLinkError | InternalError e) {
            throw new IOException("this Java cannot draw: " + e.getMessage(), e); // one without fonts
        }
    }

    private static XYChart againstInterval(String scenario, List<Findings> all) {
        XYChart chart = chart(scenario + ": what a cut costs, against the checkpoint interval")
                .xAxisTitle("checkpoint interval, octets")
                .build();
        style(chart);
        chart.setYAxisGroupTitle(0, "octets sent again, KiB");
        chart.setYAxisGroupTitle(1, "time lost, s");
        chart.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
        List<Double> intervals = new ArrayList<>();
        List<Double> median = new ArrayList<>();
        List<Double> most = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        for (Findings findings : all) {
            Bill bill = new Bill(List.of(findings));
            Bill.Row total = bill.rows().get(bill.rows().size() - 1);
            intervals.add(Math.log(octets(Bill.interval(findings))) / Math.log(2));
            median.add(total.sentAgainMedian() / 1024.0);
            most.add(total.sentAgainMost() / 1024.0);
            seconds.add(total.nanosLostMedian() / 1e9);
        }
        chart.setCustomXAxisTickLabelsFormatter(Plot::powerOfTwo);
        chart.getStyler().setYAxisMin(0, 0.0).setYAxisMax(0, roomAbove(most));
        chart.getStyler().setYAxisMin(1, 0.0).setYAxisMax(1, roomAbove(seconds));
        line(chart, "octets sent again, most", intervals, most, 0);
        line(chart, "octets sent again, median", intervals, median, 1);
        line(chart, "time lost, median (right)", intervals, seconds, 2).setYAxisGroup(1);
        return chart;
    }

    private static String powerOfTwo(double exponent) {
        if (exponent != Math.rint(exponent)) {
            return " ";
        }
        long octets = 1L << (int) exponent;
        return octets < 1 << 10 ? "" + octets : octets < 1 << 20 ? (octets >> 10) + "k" : (octets >> 20) + "M";
    }

    private static double roomAbove(List<Double> values) {
        double most = values.stream().mapToDouble(value -> value).max().orElse(0);
        return most == 0 ? 1 : 1.1 * most;
    }

    private static long octets(String interval) {
        return new Options("plot", null, Map.of("x", interval)).octets("x", 1, 1, Long.MAX_VALUE);
    }

    private static XYChart againstMoment(String scenario, Findings findings) {
        boolean again = findings.runs().stream().anyMatch(run -> sentAgain(run) > 0);
        XYChart chart = chart(scenario + ": " + (again ? "octets sent again" : "time lost")
                        + " after a cut, against its moment")
                .xAxisTitle("moment of the cut, ms")
                .yAxisTitle(again ? "octets sent again, KiB" : "time lost, s")
                .build();
        style(chart);
        for (Result.Ending ending : Result.Ending.values()) {
            List<Double> at = new ArrayList<>();
            List<Double> cost = new ArrayList<>();
            for (Run run : findings.runs()) {
                if (run.result().ending() == ending) {
                    at.add(run.nanosBefore() / 1e6);
                    cost.add(again ? sentAgain(run) / 1024.0 : findings.nanosLost(run) / 1e9);
                }
            }
            if (!at.isEmpty()) {
                line(chart, ending.toString(), at, cost, ending.ordinal())
                        .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
            }
        }
        return chart;
    }

    private static long sentAgain(Run run) {
        Outcome outcome = run.result().outcome();
        return outcome == null ? 0 : outcome.octetsSentAgain();
    }

    private static XYChartBuilder chart(String title) {
        return new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title);
    }

    private static XYSeries line(XYChart chart, String name, List<Double> x, List<Double> y, int look) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setLineColor(COLOURS[look]);
        series.setMarkerColor(COLOURS[look]);
        series.setMarker(MARKERS[look]);
        series.setLineStyle(new BasicStroke(2));
        return series;
    }

    private static void style(XYChart chart) {
        chart.getStyler()
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderColor(GREY)
                .setChartTitleBoxVisible(false)
                .setChartTitleFont(new Font(FONT, Font.BOLD, 16))
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setLegendBorderColor(Color.WHITE)
                .setLegendFont(new Font(FONT, Font.PLAIN, 12));
        chart.getStyler()
                .setAxisTitleFont(new Font(FONT, Font.PLAIN, 13))
                .setAxisTickLabelsFont(new Font(FONT, Font.PLAIN, 12))
                .setPlotGridLinesColor(PALE)
                .setXAxisDecimalPattern("#,##0.###")
                .setYAxisDecimalPattern("#,##0.###")
                .setMarkerSize(6);
    }
}
