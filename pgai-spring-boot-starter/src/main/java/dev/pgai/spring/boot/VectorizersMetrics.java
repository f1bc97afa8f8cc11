package dev.pgai.spring.boot;

import dev.pgai.PgaiException;
import dev.pgai.database.RowCount;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.database.VectorizerStatus;
import dev.pgai.jdbc.Pgai;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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

    private double rows(String name, Function<VectorizerStatus, RowCount> kind) {
        Map<String, VectorizerStatus> current = current();
        VectorizerStatus status = current == null ? null : current.get(name);
        if (status == null) {
            return Double.NaN;
        }
        RowCount count = kind.apply(status);
        if (count instanceof RowCount.Exact exact) {
            return exact.rows();
        }
        return count instanceof RowCount.AtLeast atLeast ? atLeast.rows() : Double.NaN;
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

        private final MultiGauge pending;
        private final MultiGauge failed;
        private final MultiGauge errors;

        VectorizerGauges(MeterRegistry registry) {
            pending = of(registry, "pgai.vectorizer.pending", "Rows in the queue, counted up to 10,000");
            failed = of(registry, "pgai.vectorizer.failed", "Rows that workers gave up, counted up to 10,000");
            errors = of(registry, "pgai.vectorizer.errors", "Errors that workers recorded, counted up to 10,000");
        }

        private MultiGauge of(MeterRegistry registry, String name, String description) {
            return MultiGauge.builder(name)
                    .description(description)
                    .baseUnit("rows")
                    .register(registry);
        }

        void register(Set<String> names) {
            pending.register(rowsOf(names, VectorizerStatus::pending), true);
            failed.register(rowsOf(names, VectorizerStatus::failed), true);
            errors.register(rowsOf(names, VectorizerStatus::errors), true);
        }

        private List<MultiGauge.Row<?>> rowsOf(Set<String> names, Function<VectorizerStatus, RowCount> kind) {
            List<MultiGauge.Row<?>> rows = new ArrayList<>();
            for (String name : names) {
                rows.add(MultiGauge.Row.of(
                        Tags.of("vectorizer", name), VectorizersMetrics.this, metrics -> metrics.rows(name, kind)));
            }
            return rows;
        }
    }
}
