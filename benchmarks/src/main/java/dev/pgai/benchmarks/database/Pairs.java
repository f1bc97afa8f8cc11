package dev.pgai.benchmarks.database;

import dev.pgai.benchmarks.page.ByName;
import dev.pgai.benchmarks.page.Spread;
import java.util.ArrayList;
import java.util.List;

/**
 * Ways of doing the same, one after the other in each round, so that what else the machine does slows all of them. The
 * ratio of two is that of each round; its median stands still where the times themselves do not.
 */
public final class Pairs {

    private final ByName<Work> ways = new ByName<>();
    private final ByName<List<Double>> millis = new ByName<>();

    /** Without a way yet. */
    public Pairs() {}

    /** What is measured. */
    public interface Work {

        /**
         * Does it once.
         *
         * @return what it took, in milliseconds
         * @throws Exception when it fails
         */
        double run() throws Exception;
    }

    /** What is done, and not how long it takes. */
    public interface Action {

        /**
         * Does it once.
         *
         * @throws Exception when it fails
         */
        void run() throws Exception;
    }

    /**
     * Adds a way.
     *
     * @param name what it is called
     * @param action what it does
     * @return this
     */
    public Pairs way(String name, Action action) {
        return timed(name, () -> time(action));
    }

    /**
     * Adds a way that knows itself what it took.
     *
     * @param name what it is called
     * @param work what it does
     * @return this
     */
    public Pairs timed(String name, Work work) {
        ways.put(name, work);
        return this;
    }

    /**
     * How long something takes.
     *
     * @param action what it does
     * @return milliseconds
     * @throws Exception when it fails
     */
    public static double time(Action action) throws Exception {
        long start = System.nanoTime();
        action.run();
        return (System.nanoTime() - start) / 1e6;
    }

    /**
     * Runs all ways.
     *
     * @param warmUp rounds that do not count
     * @param rounds rounds that count
     * @return this
     * @throws Exception when one fails
     */
    public Pairs run(int warmUp, int rounds) throws Exception {
        List<String> names = ways.names();
        for (int round = 0; round < warmUp + rounds; round++) {
            for (int i = 0; i < names.size(); i++) {
                // None always comes after the same one.
                String name = names.get((i + round) % names.size());
                double took = ways.get(name).run();
                if (round >= warmUp) {
                    millis.getOrAdd(name, ArrayList::new).add(took);
                }
            }
        }
        return this;
    }

    /**
     * What a way took.
     *
     * @param name the way
     * @return milliseconds
     */
    public Spread millis(String name) {
        return Spread.of(millis.get(name).stream().mapToDouble(d -> d).toArray());
    }

    /**
     * What one took for what the other took, round by round.
     *
     * @param name the way
     * @param other the way that it is compared with
     * @return a ratio, below 1 when the first is faster
     */
    public Spread ratio(String name, String other) {
        List<Double> one = millis.get(name);
        List<Double> two = millis.get(other);
        double[] ratios = new double[one.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = one.get(i) / two.get(i);
        }
        return Spread.of(ratios);
    }

    /**
     * What one took more than the other, round by round.
     *
     * @param name the way
     * @param other the way that it is compared with
     * @return milliseconds
     */
    public Spread difference(String name, String other) {
        List<Double> one = millis.get(name);
        List<Double> two = millis.get(other);
        double[] differences = new double[one.size()];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = one.get(i) - two.get(i);
        }
        return Spread.of(differences);
    }
}
