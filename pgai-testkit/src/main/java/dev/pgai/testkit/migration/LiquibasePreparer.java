package dev.pgai.testkit.migration;

import dev.pgai.PgaiException;
import dev.pgai.testkit.DatabasePreparer;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.command.core.helpers.ShowSummaryArgument;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.ResourceAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Updates with Liquibase, 4.33 or newer. As it is, it runs {@code db/changelog/db.changelog-master.yaml} on the class
 * path: {@code @PgaiTest(preparers = LiquibasePreparer.class)}. A subclass has another changelog, and other arguments.
 *
 * <p>The {@linkplain #key key} is made from all files beside the changelog and below. Liquibase sends no statistics of
 * its use.
 */
public class LiquibasePreparer implements DatabasePreparer {

    private static final String CLASSPATH = "classpath:";

    private final String changelog;
    private final List<String> more;

    /** Of {@code db/changelog/db.changelog-master.yaml}. */
    public LiquibasePreparer() {
        this("db/changelog/db.changelog-master.yaml");
    }

    /**
     * Of a changelog.
     *
     * @param changelog a path on the class path, with {@code classpath:} before it or without
     * @param more files and directories elsewhere that it includes, as {@link DatabasePreparer#digest} takes them
     */
    public LiquibasePreparer(String changelog, String... more) {
        String path = changelog.startsWith(CLASSPATH) ? changelog.substring(CLASSPATH.length()) : changelog;
        this.changelog = path.startsWith("/") ? path.substring(1) : path;
        this.more = List.of(more);
    }

    /**
     * Sets what else the command {@code update} needs, such as {@code contexts} or {@code labelFilter}. Does nothing
     * here. A database that was prepared before counts as one with other arguments when the class file of the subclass
     * has changed.
     *
     * @param update has database and changelog, which stay as they are
     */
    protected void configure(CommandScope update) {}

    /**
     * A digest of the changelog, of all in its directory, and of what was named beside it.
     *
     * @return another text when one of these files is another
     * @throws PgaiException when one is not there
     */
    @Override
    public String key() {
        List<String> places = new ArrayList<>();
        places.add(CLASSPATH + changelog);
        if (changelog.contains("/")) {
            places.add(CLASSPATH + changelog.substring(0, changelog.lastIndexOf('/')));
        }
        places.addAll(more);
        return DatabasePreparer.digest(places.toArray(new String[0]));
    }

    /**
     * Updates.
     *
     * @param dataSource the database
     * @throws Exception when Liquibase does
     */
    @Override
    public void prepare(DataSource dataSource) throws Exception {
        @Nullable ClassLoader own = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = own != null ? own : getClass().getClassLoader();
        ResourceAccessor resources = new ClassLoaderResourceAccessor(loader);
        Map<String, Object> settings = Map.of(
                Scope.Attr.resourceAccessor.name(),
                resources,
                Scope.Attr.classLoader.name(),
                loader,
                "liquibase.analytics.enabled",
                false);
        try (Connection connection = dataSource.getConnection()) {
            Scope.child(settings, () -> update(new JdbcConnection(connection)));
        } finally {
            resources.close();
        }
    }

    private void update(JdbcConnection connection) throws Exception {
        CommandScope update = new CommandScope(UpdateCommandStep.COMMAND_NAME)
                .addArgumentValue(
                        DbUrlConnectionArgumentsCommandStep.DATABASE_ARG,
                        DatabaseFactory.getInstance().findCorrectDatabaseImplementation(connection))
                .addArgumentValue(UpdateCommandStep.CHANGELOG_FILE_ARG, changelog)
                .addArgumentValue(ShowSummaryArgument.SHOW_SUMMARY, UpdateSummaryEnum.OFF);
        configure(update);
        update.execute();
    }
}
