package dev.pgai.benchmarks.page;

import java.util.List;
import java.util.Locale;

/** Pictures of figures: plain SVG, the same for the same figures. */
public final class Svg {

    private static final List<String> COLOURS =
            List.of("#1f6f8b", "#c8553d", "#588157", "#7b4b94", "#b8860b", "#444444", "#2a9d8f");

    private static final int WIDTH = 720;
    private static final int LEFT = 70;
    private static final int RIGHT = 190;
    private static final int TOP = 40;
    private static final int BOTTOM = 50;
    private static final int ROW = 26;
    private static final int NAMES = 330;

    private final StringBuilder svg = new StringBuilder();

    private Svg(int height, String title) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">",
                WIDTH, height);
        add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, height);
        text(WIDTH / 2.0, 22, "middle", "#222222", title);
    }

    /**
     * How something grows: both axes are logarithmic.
     *
     * @param title what it shows
     * @param x what is on the horizontal axis
     * @param y what is on the vertical axis
     * @param lines one or more, each with one or more points
     * @return an SVG document
     */
    public static String growth(String title, String x, String y, List<Series> lines) {
        int height = 400;
        Svg svg = new Svg(height, title);
        Axis across = Axis.of(lines.stream()
                .flatMap(line -> line.points().keySet().stream())
                .mapToDouble(d -> d)
                .toArray());
        Axis up = Axis.of(lines.stream()
                .flatMap(line -> line.points().values().stream())
                .mapToDouble(d -> d)
                .toArray());
        for (int power = across.low; power <= across.high; power++) {
            double at = LEFT + across.part(Math.pow(10, power)) * (WIDTH - LEFT - RIGHT);
            svg.line(at, TOP, at, height - BOTTOM, "#dddddd");
            svg.text(at, height - BOTTOM + 18.0, "middle", "#444444", Axis.label(power));
        }
        for (int power = up.low; power <= up.high; power++) {
            double at = height - BOTTOM - up.part(Math.pow(10, power)) * (height - TOP - BOTTOM);
            svg.line(LEFT, at, WIDTH - RIGHT, at, "#dddddd");
            svg.text(LEFT - 8.0, at + 4, "end", "#444444", Axis.label(power));
        }
        svg.text((LEFT + WIDTH - RIGHT) / 2.0, height - 10.0, "middle", "#222222", x);
        svg.add(
                "<text x=\"18\" y=\"%d\" text-anchor=\"middle\" fill=\"#222222\" transform=\"rotate(-90 18 %d)\">%s</text>",
                height / 2, height / 2, escaped(y));
        for (int i = 0; i < lines.size(); i++) {
            String colour = COLOURS.get(i % COLOURS.size());
            StringBuilder path = new StringBuilder();
            lines.get(i).points().forEach((px, py) -> {
                double atX = LEFT + across.part(px) * (WIDTH - LEFT - RIGHT);
                double atY = height - BOTTOM - up.part(py) * (height - TOP - BOTTOM);
                path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : " L", atX, atY));
                svg.add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", atX, atY, colour);
            });
            svg.add("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", path, colour);
            double legend = TOP + 14.0 + i * 20;
            svg.line(WIDTH - RIGHT + 14.0, legend, WIDTH - RIGHT + 36.0, legend, colour);
            svg.text(
                    WIDTH - RIGHT + 42.0,
                    legend + 4,
                    "start",
                    "#222222",
                    lines.get(i).name());
        }
        return svg.end();
    }

    /**
     * Ratios, with the middle half of the measurements as a whisker, and the goal as a mark.
     *
     * @param title what it shows
     * @param bars one or more
     * @return an SVG document
     */
    public static String ratios(String title, List<Bar> bars) {
        int height = TOP + bars.size() * ROW + BOTTOM;
        Svg svg = new Svg(height, title);
        double most = 1;
        for (Bar bar : bars) {
            most = Math.max(most, Math.max(bar.ratio().high(), Double.isNaN(bar.goal()) ? 0 : bar.goal()));
        }
        double scale = (WIDTH - NAMES - 40) / (most * 1.05);
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double top = TOP + (double) i * ROW;
            double middle = top + ROW / 2.0;
            boolean missed = bar.ratio().median() > bar.goal();
            svg.text(NAMES - 8.0, middle + 4, "end", "#222222", bar.name());
            svg.add(
                    "<rect x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                    NAMES, top + 5, bar.ratio().median() * scale, ROW - 10, missed ? "#c8553d" : "#1f6f8b");
            svg.line(
                    NAMES + bar.ratio().low() * scale,
                    middle,
                    NAMES + bar.ratio().high() * scale,
                    middle,
                    "#222222");
            if (!Double.isNaN(bar.goal())) {
                double at = NAMES + bar.goal() * scale;
                svg.line(at, top + 1, at, top + ROW - 1, "#b8860b");
            }
        }
        double one = NAMES + scale;
        svg.line(one, TOP, one, height - BOTTOM + 6.0, "#444444");
        svg.text(one, height - BOTTOM + 22.0, "middle", "#444444", "1");
        svg.text(
                WIDTH / 2.0,
                height - 10.0,
                "middle",
                "#222222",
                "ratio, shorter is better; black: the middle half; yellow: the goal");
        return svg.end();
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private void line(double x1, double y1, double x2, double y2, String colour) {
        add(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"1.5\"/>",
                x1, y1, x2, y2, colour);
    }

    private void text(double x, double y, String anchor, String colour, String text) {
        add(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
                x, y, anchor, colour, escaped(text));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private String end() {
        return svg + "</svg>\n";
    }

    /** From one power of ten to another. */
    private record Axis(int low, int high) {

        static Axis of(double[] values) {
            double least = Double.MAX_VALUE;
            double most = 0;
            for (double value : values) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
            int low = (int) Math.floor(Math.log10(least));
            return new Axis(low, Math.max(low + 1, (int) Math.ceil(Math.log10(most))));
        }

        double part(double value) {
            return (Math.log10(value) - low) / (high - low);
        }

        static String label(int power) {
            return power >= 0
                    ? String.format(Locale.ROOT, "%,.0f", Math.pow(10, power))
                    : String.format(Locale.ROOT, "%." + -power + "f", Math.pow(10, power));
        }
    }
}
