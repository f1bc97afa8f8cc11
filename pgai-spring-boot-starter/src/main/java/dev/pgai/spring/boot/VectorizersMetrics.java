package dev.pgai.spring.boot;

import dev.pgai.PgaiException;
import dev.pgai.database.RowCount;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.database.VectorizerStatus;
import dev.pgai.database.WorkerProgress;
import dev.pgai.jdbc.Pgai;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gauges of all vectorizers, which are read together, and at most every so often: when somebody asks for a gauge. What
 * is not known is not a number.
 */
final class VectorizersMetrics implements MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(VectorizersMetrics.class);

    private final Pgai pgai;
    private final long refreshNanos;
    private final List<VectorizerGauges> gauges = new ArrayList<>();
    private @Nullable Map<String, VectorizerStatus> seen;
    private long readAt;
    private boolean wasRead;

    VectorizersMetrics(Pgai pgai, Duration refresh) {
        this.pgai = pgai;
        this.refreshNanos = refresh.toNanos();
    }

    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        gauges.add(new VectorizerGauges(registry));
        // The others are made when this one is asked for the first time.
        Gauge.builder("pgai.vectorizers", this, VectorizersMetrics::count)
                .description("Vectorizers in the database")
                .register(registry);
    }

    private double count() {
        Map<String, VectorizerStatus> current = current();
        return current == null ? Double.NaN : current.size();
    }

    private double value(String name, ToDoubleFunction<VectorizerStatus> kind) {
        Map<String, VectorizerStatus> current = current();
        VectorizerStatus status = current == null ? null : current.get(name);
        return status == null ? Double.NaN : kind.applyAsDouble(status);
    }

    private static double rows(RowCount count) {
        return count.counted().isPresent() ? count.counted().getAsLong() : Double.NaN;
    }

    private static double recorded(VectorizerStatus status, ToDoubleFunction<WorkerProgress.Recorded> kind) {
        return status.progress() instanceof WorkerProgress.Recorded recorded
                ? kind.applyAsDouble(recorded)
                : Double.NaN;
    }

    private static double lastSuccess(WorkerProgress.Recorded recorded) {
        Instant last = recorded.lastSuccessAt();
        return last == null ? Double.NaN : last.toEpochMilli() / 1000.0;
    }

    /** Null when they could not be read; then, too, it is not tried again before its time. */
    private synchronized @Nullable Map<String, VectorizerStatus> current() {
        if (!wasRead || System.nanoTime() - readAt >= refreshNanos) {
            Map<String, VectorizerStatus> before = seen;
            seen = read();
            readAt = System.nanoTime();
            wasRead = true;
            if (seen != null && (before == null || !before.keySet().equals(seen.keySet()))) {
                Set<String> names = seen.keySet();
                gauges.forEach(all -> all.register(names));
            }
        }
        return seen;
    }

    private @Nullable Map<String, VectorizerStatus> read() {
        try {
            Map<String, VectorizerStatus> read = new LinkedHashMap<>();
            for (StoredVectorizer vectorizer : pgai.list()) {
                read.put(vectorizer.name(), vectorizer.status());
            }
            return read;
        } catch (PgaiException e) {
            LOG.warn("The gauges of vectorizers show nothing: {}", e.getMessage());
            return null;
        }
    }

    /** Those of one registry. */
    private final class VectorizerGauges {

        private final MeterRegistry registry;
        private final Map<MultiGauge, ToDoubleFunction<VectorizerStatus>> gauges = new LinkedHashMap<>();

        VectorizerGauges(MeterRegistry registry) {
            this.registry = registry;
            add("pending", "rows", "Rows in the queue, counted up to 10,000", status -> rows(status.pending()));
            add("failed", "rows", "Rows that workers gave up, counted up to 10,000", status -> rows(status.failed()));
            add(
                    "errors",
                    "rows",
                    "Errors that workers recorded, counted up to 10,000",
                    status -> rows(status.errors()));
            add(
                    "worker.successes",
                    "rows",
                    "Rows of the queue that workers finished since the vectorizer was created",
                    status -> recorded(status, WorkerProgress.Recorded::successCount));
            add(
                    "worker.failures",
                    null,
                    "Failures that workers recorded since the vectorizer was created",
                    status -> recorded(status, WorkerProgress.Recorded::errorCount));
            add(
                    "worker.last.success",
                    "seconds",
                    "When a worker last finished a batch, in seconds since 1970",
                    status -> recorded(status, VectorizersMetrics::lastSuccess));
        }

        private void add(
                String name, @Nullable String unit, String description, ToDoubleFunction<VectorizerStatus> kind) {
            gauges.put(
                    MultiGauge.builder("pgai.vectorizer." + name)
                            .description(description)
                            .baseUnit(unit)
                            .register(registry),
                    kind);
        }

        void register(Set<String> names) {
            gauges.forEach((gauge, kind) -> gauge.register(rowsOf(names, kind), true));
        }

        private List<MultiGauge.Row<?>> rowsOf(Set<String> names, ToDoubleFunction<VectorizerStatus> kind) {
            List<MultiGauge.Row<?>> rows = new ArrayList<>();
            for (String name : names) {
                rows.add(MultiGauge.Row.of(
                        Tags.of("vectorizer", name), VectorizersMetrics.this, metrics -> metrics.value(name, kind)));
            }
            return rows;
        }
    }
}
