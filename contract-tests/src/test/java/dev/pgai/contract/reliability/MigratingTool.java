package dev.pgai.contract.reliability;

import dev.pgai.change.ChangeForm;
import dev.pgai.change.CreateVectorizerIfAbsent;
import dev.pgai.change.DropVectorizerIfExists;
import dev.pgai.change.VectorizerChange;
import dev.pgai.cli.Cli;
import dev.pgai.contract.liquibase.LiquibaseCommands;
import dev.pgai.flyway.VectorizerMigration;
import dev.pgai.json.JsonText;
import dev.pgai.mybatis.mapper.VectorizerMapper;
import dev.pgai.vectorizer.VectorizerJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.JavaMigration;
import org.postgresql.ds.PGSimpleDataSource;

/** Tools that do changes to vectorizers. */
enum MigratingTool {
    FLYWAY {
        @Override
        void run(PGSimpleDataSource dataSource, List<VectorizerChange> changes) {
            migrate(dataSource, changes, true);
        }
    },

    FLYWAY_WITHOUT_TRANSACTION {
        @Override
        void run(PGSimpleDataSource dataSource, List<VectorizerChange> changes) {
            migrate(dataSource, changes, false);
        }
    },

    LIQUIBASE {
        @Override
        void run(PGSimpleDataSource dataSource, List<VectorizerChange> changes) throws Exception {
            List<Object> sets = new ArrayList<>();
            sets.add(changeSet(0, "sql", Map.of("sql", "select 1")));
            changes.forEach(change -> sets.add(changeSet(sets.size(), nameOf(change), options(change))));
            Path directory = Files.createTempDirectory("changelog");
            Path changelog = directory.resolve("changelog.json");
            try (JdbcConnection connection = new JdbcConnection(dataSource.getConnection())) {
                Files.writeString(changelog, JsonText.write(Map.of("databaseChangeLog", sets)));
                new LiquibaseCommands(directory)
                        .run(
                                "update",
                                Map.of(
                                        "changelogFile",
                                        "changelog.json",
                                        "database",
                                        DatabaseFactory.getInstance().findCorrectDatabaseImplementation(connection)));
            } finally {
                Files.deleteIfExists(changelog);
                Files.delete(directory);
            }
        }
    },

    /** Keeps no list: the last change is what there is to do. */
    MYBATIS {
        @Override
        void run(PGSimpleDataSource dataSource, List<VectorizerChange> changes) {
            Configuration configuration =
                    new Configuration(new Environment("test", new JdbcTransactionFactory(), dataSource));
            configuration.addMapper(VectorizerMapper.class);
            try (SqlSession session =
                    new SqlSessionFactoryBuilder().build(configuration).openSession()) {
                VectorizerMapper vectorizers = session.getMapper(VectorizerMapper.class);
                last(changes).forEach(vectorizers::apply);
                session.commit();
            }
        }
    },

    /** What the last change leaves is what is declared. */
    COMMAND_LINE {
        @Override
        void run(PGSimpleDataSource dataSource, List<VectorizerChange> changes) {
            String declared = "["
                    + String.join(
                            ",",
                            last(changes).stream()
                                    .map(change -> VectorizerJson.write(
                                            change.becomes().orElseThrow()))
                                    .toList())
                    + "]";
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int code = new Cli(
                            new ByteArrayInputStream(declared.getBytes(StandardCharsets.UTF_8)),
                            new PrintStream(out, true, StandardCharsets.UTF_8),
                            new PrintStream(err, true, StandardCharsets.UTF_8),
                            Map.of(
                                    "PGAI_URL",
                                    dataSource.getURL(),
                                    "PGAI_USER",
                                    String.valueOf(dataSource.getUser()),
                                    "PGAI_PASSWORD",
                                    String.valueOf(dataSource.getPassword())),
                            null)
                    .run("apply", "-");
            if (code != Cli.DONE) {
                throw new CommandFailed(code, err.toString(StandardCharsets.UTF_8));
            }
        }
    };

    /** A command that ends with another exit code than 0. */
    static final class CommandFailed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        CommandFailed(int code, String printed) {
            super(code + " " + printed);
        }
    }

    /** Does those changes that it has not done. */
    abstract void run(PGSimpleDataSource dataSource, List<VectorizerChange> changes) throws Exception;

    private static List<VectorizerChange> last(List<VectorizerChange> changes) {
        return changes.subList(Math.max(0, changes.size() - 1), changes.size());
    }

    private static Map<String, Object> changeSet(int id, String change, Map<String, Object> options) {
        return Map.of(
                "changeSet",
                Map.of("id", String.valueOf(id), "author", "test", "changes", List.of(Map.of(change, options))));
    }

    private static String nameOf(VectorizerChange change) {
        return ChangeForm.action(change).replaceFirst("_.*", "") + "Vectorizer";
    }

    private static Map<String, Object> options(VectorizerChange change) {
        Map<String, Object> options = new LinkedHashMap<>(ChangeForm.values(change));
        if (change instanceof CreateVectorizerIfAbsent) {
            options.put("if_not_exists", true);
        } else if (change instanceof DropVectorizerIfExists) {
            options.put("if_exists", true);
        }
        return options;
    }

    private static void migrate(PGSimpleDataSource dataSource, List<VectorizerChange> changes, boolean inTransaction) {
        List<JavaMigration> migrations = new ArrayList<>();
        changes.forEach(change -> migrations.add(new Migration(migrations.size() + 2, change)));
        Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration/nothing")
                .javaMigrations(migrations.toArray(JavaMigration[]::new))
                .baselineOnMigrate(true)
                .executeInTransaction(inTransaction)
                .load()
                .migrate();
    }

    private static final class Migration extends VectorizerMigration {

        private final int version;
        private final VectorizerChange change;

        Migration(int version, VectorizerChange change) {
            this.version = version;
            this.change = change;
        }

        /** Flyway would take version and description from the name of the class. */
        @Override
        protected void init() {}

        @Override
        public MigrationVersion getVersion() {
            return MigrationVersion.fromVersion(String.valueOf(version));
        }

        @Override
        public String getDescription() {
            return "change";
        }

        @Override
        protected List<VectorizerChange> changes() {
            return List.of(change);
        }
    }
}
