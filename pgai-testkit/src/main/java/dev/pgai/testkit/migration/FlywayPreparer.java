package dev.pgai.testkit.migration;

import dev.pgai.PgaiException;
import dev.pgai.testkit.DatabasePreparer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Migrates with Flyway, 11 or newer. As it is, it runs what is in {@code db/migration} on the class path:
 * {@code @PgaiTest(preparers = FlywayPreparer.class)}. A subclass has other locations and other settings.
 *
 * <p>The {@linkplain #key key} is made from all files in the locations, classes of Java migrations among them.
 */
public class FlywayPreparer implements DatabasePreparer {

    private static final String CLASSPATH = "classpath:";
    private static final String FILE_SYSTEM = "filesystem:";

    private final String[] locations;

    /** Of the migrations in {@code classpath:db/migration}. */
    public FlywayPreparer() {
        this(CLASSPATH + "db/migration");
    }

    /**
     * Of the migrations in some locations.
     *
     * @param locations as Flyway takes them: {@code classpath:} or {@code filesystem:} and a directory, without
     *     wildcards; on the class path when nothing is before it
     */
    public FlywayPreparer(String... locations) {
        this.locations = locations.clone();
    }

    /**
     * Sets what else Flyway needs, such as placeholders or {@code baselineOnMigrate}. Does nothing here. A database
     * that was prepared before counts as one with other settings when the class file of the subclass has changed; what
     * the settings name, such as Java migrations elsewhere, does not count.
     *
     * @param configuration has data source and locations, which stay as they are
     */
    protected void configure(FluentConfiguration configuration) {}

    /**
     * A digest of the locations.
     *
     * @return another text when a file in them is another
     * @throws PgaiException when there is no such location
     */
    @Override
    public String key() {
        String[] places = new String[locations.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = place(locations[i]);
        }
        return DatabasePreparer.digest(places);
    }

    /** As the testkit names it. */
    private static String place(String location) {
        if (location.startsWith(FILE_SYSTEM)) {
            return location.substring(FILE_SYSTEM.length());
        }
        String path = location.startsWith(CLASSPATH) ? location.substring(CLASSPATH.length()) : location;
        return CLASSPATH + (path.startsWith("/") ? path.substring(1) : path);
    }

    /**
     * Migrates.
     *
     * @param dataSource the database
     */
    @Override
    public void prepare(DataSource dataSource) {
        FluentConfiguration configuration =
                Flyway.configure().dataSource(dataSource).locations(locations);
        configure(configuration);
        configuration.load().migrate();
    }
}
