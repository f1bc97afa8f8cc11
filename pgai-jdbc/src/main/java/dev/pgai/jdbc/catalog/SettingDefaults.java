package dev.pgai.jdbc.catalog;

import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Scheduling;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the settings of a database say that an index or a schedule is by default: what they do not name is none. */
public final class SettingDefaults {

    private SettingDefaults() {}

    /** By {@code ai.indexing_default}. */
    public static Indexing indexing(@Nullable String setting) {
        return switch (Objects.requireNonNullElse(setting, "")) {
            case "indexing_hnsw" -> Indexing.hnsw();
            case "indexing_diskann" -> Indexing.diskann();
            default -> Indexing.none();
        };
    }

    /** By {@code ai.scheduling_default}. */
    public static Scheduling scheduling(@Nullable String setting) {
        return "scheduling_timescaledb".equals(setting) ? Scheduling.timescaledb() : Scheduling.none();
    }
}
