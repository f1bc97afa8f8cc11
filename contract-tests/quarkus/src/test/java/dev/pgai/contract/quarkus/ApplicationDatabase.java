package dev.pgai.contract.quarkus;

import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.quarkus.PgaiTestResource;
import java.util.HashMap;
import java.util.Map;

/** A database for each start of the application, for both of its data sources. */
public abstract class ApplicationDatabase extends PgaiTestResource {

    /** Fills it before the application starts. */
    abstract void prepare(TestDatabase database) throws Exception;

    String url(TestDatabase database) {
        return database.url();
    }

    Map<String, String> more() {
        return Map.of();
    }

    @Override
    protected final Map<String, String> settings(TestDatabase database) {
        try {
            prepare(database);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        Map<String, String> settings = new HashMap<>(super.settings(database));
        settings.put("quarkus.datasource.jdbc.url", url(database));
        settings.put("quarkus.datasource.alone.jdbc.url", url(database));
        settings.put("quarkus.datasource.alone.username", database.user());
        settings.put("quarkus.datasource.alone.password", database.password());
        settings.putAll(more());
        return settings;
    }
}
