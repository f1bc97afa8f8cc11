package dev.pgai.contract.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgai.contract.managed.DatabaseObjects;
import dev.pgai.contract.managed.UsersDatabase;
import dev.pgai.jdbc.Pgai;
import dev.pgai.liquibase.VectorizerObjectChangeFilter;
import dev.pgai.testkit.TestCatalog;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.diff.output.ObjectChangeFilter;
import liquibase.diff.output.StandardObjectChangeFilter;
import liquibase.structure.DatabaseObject;
import liquibase.structure.core.Column;
import liquibase.structure.core.Schema;
import liquibase.structure.core.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Liquibase's comparisons say of a database with vectorizers, with nothing configured unless a test says so. */
class DiffTest {

    private static final Pattern CHANGE = Pattern.compile("\"((?:drop|create|add|modify)\\w+)\":");

    /** The store, view and column of the vectorizers of {@link UsersDatabase}, and their queue. */
    private static final Pattern PGAIS =
            Pattern.compile("\"(blog_embedding_store|blog_embedding|blog_queue|embedding|chunk|embedding_uuid"
                    + "|a\\.b\\*c, d:e#f_embedding(_store)?)\"|(?i)\"vector[\"(]");

    private static final VectorizerDefinition DECLARED = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"), Loading.column("content"), Embedding.openai("m", 3))
            .name("declared")
            .destination(Destination.table("posts"))
            .build();

    /** As an entity that is mapped on the store would have it. */
    private static final String MAPPED_STORE = "create table public.posts_store (embedding_uuid uuid primary key,"
            + " id int not null, chunk_seq int not null, chunk text not null, unique (id, chunk_seq));"
            + " create index on public.posts_store (chunk)";

    @TempDir
    private Path directory;

    @Test
    void drops_nothing_of_pgais() throws Exception {
        try (TestDatabase model = UsersDatabase.model();
                TestDatabase live = UsersDatabase.live()) {
            String changelog = commands().diffChangelog(LiquibaseCommands.between(model, live));

            assertThat(changelog).doesNotContainPattern(PGAIS);
            assertThat(changes(changelog)).containsExactly("dropIndex", "dropTable", "dropTable", "dropTable");
        }
    }

    @Test
    void creates_nothing_of_pgais() throws Exception {
        try (TestDatabase model = UsersDatabase.model();
                TestDatabase live = UsersDatabase.live()) {
            String changelog = commands().diffChangelog(LiquibaseCommands.between(live, model));

            assertThat(changelog).doesNotContainPattern(PGAIS);
            assertThat(changes(changelog)).containsExactly("createIndex", "createTable", "createTable", "createTable");
        }
    }

    @Test
    void leaves_all_of_schema_ai_alone() throws Exception {
        try (TestDatabase bare = TestDatabases.builder()
                        .catalog(TestCatalog.none())
                        .build()
                        .create();
                TestDatabase live = TestDatabases.standard().create()) {
            execute(bare, "create schema ai");

            String changelog = commands()
                    .diffChangelog(LiquibaseCommands.between(
                            bare, live, "schemas", "ai,public", "referenceSchemas", "ai,public"));

            assertThat(changelog).isEmpty();
        }
    }

    @Test
    void reports_nothing_of_pgais() throws Exception {
        try (TestDatabase model = UsersDatabase.model();
                TestDatabase live = UsersDatabase.live()) {
            String report = commands().run("diff", LiquibaseCommands.between(model, live));

            assertThat(report).contains("Unexpected Table(s): ", "blog_embedding_stores");
            assertThat(report).doesNotContainPattern("(?m)^ +(blog_embedding_store|blog_embedding|public.doc.emb)$");
        }
    }

    @Test
    void generates_nothing_of_pgais() throws Exception {
        try (TestDatabase live = UsersDatabase.live()) {
            String changelog = commands().generateChangelog(LiquibaseCommands.on(live));

            assertThat(changelog).doesNotContainPattern(PGAIS);
            assertThat(changelog).contains("\"blog\"", "\"doc\"", "\"blog_embedding_stores\"", "users_own");
        }
    }

    @Test
    void drops_all_when_told_to() throws Exception {
        try (TestDatabase live = UsersDatabase.live()) {
            commands().run("dropAll", LiquibaseCommands.on(live));

            try (Connection connection = live.connection()) {
                assertThat(DatabaseObjects.take(connection)
                                .where(object -> object.isIn("public")
                                        && List.of("TABLE", "VIEW")
                                                .contains(object.kind().name()))
                                .found())
                        .isEmpty();
            }
        }
    }

    @Test
    void compares_with_a_snapshot_in_a_file() throws Exception {
        try (TestDatabase model = UsersDatabase.model();
                TestDatabase live = UsersDatabase.live()) {
            String changelog = commands().diffChangelog(offlineModel(snapshot(model), live));

            assertThat(changelog).doesNotContainPattern(PGAIS);
            assertThat(changes(changelog)).containsExactly("dropIndex", "dropTable", "dropTable", "dropTable");
        }
    }

    @Test
    void knows_what_is_declared_where_no_database_can_be_asked() throws Exception {
        try (TestDatabase model = TestDatabases.standard().create();
                TestDatabase live = TestDatabases.standard().create()) {
            execute(live, "create table public.blog (id int primary key, content text)");
            execute(model, "create table public.blog (id int primary key, content text); " + MAPPED_STORE);
            String snapshot = snapshot(model);
            Files.writeString(directory.resolve("vectorizers.json"), "[" + VectorizerJson.write(DECLARED) + "]");
            Files.writeString(
                    directory.resolve("state.json"),
                    "{\"removed\": [\"old\"], \"vectorizers\": [" + VectorizerJson.write(DECLARED) + "]}");
            Files.writeString(
                    directory.resolve("changelog.xml"),
                    Changelogs.xml("createVectorizer", List.of(Changelogs.options(DECLARED))));

            assertThat(changes(commands().diffChangelog(offlineModel(snapshot, live))))
                    .contains("createTable");
            assertThat(commands()
                            .with("liquibase.pgai.definitions", "vectorizers.json")
                            .diffChangelog(offlineModel(snapshot, live)))
                    .isEmpty();
            assertThat(commands()
                            .with("liquibase.pgai.definitions", "state.json")
                            .diffChangelog(offlineModel(snapshot, live)))
                    .isEmpty();
            assertThat(commands()
                            .with("liquibase.pgai.definitions", "changelog.xml")
                            .diffChangelog(offlineModel(snapshot, live)))
                    .isEmpty();
            assertThat(commands()
                            .with("liquibase.command.changelogFile", "changelog.xml")
                            .diffChangelog(offlineModel(snapshot, live)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table blog cascade",
                "alter table blog rename to weblog",
                "drop table ai._vectorizer_q_1",
                "drop view posts",
                "drop function ai._vectorizer_src_trg_1 cascade",
                "update ai.vectorizer set config = jsonb_set(config, '{embedding,dimensions}', '\"many\"')"
            })
    void drops_nothing_of_a_damaged_vectorizer(String sabotage) throws Exception {
        try (TestDatabase model = TestDatabases.standard().create();
                TestDatabase live = TestDatabases.standard().create()) {
            execute(live, "create table public.blog (id int primary key, content text)");
            Pgai.on(live.dataSource()).create(DECLARED);
            execute(live, sabotage);

            assertThat(commands().diffChangelog(LiquibaseCommands.between(model, live)))
                    .doesNotContain("posts");
            assertThat(commands().generateChangelog(LiquibaseCommands.on(live))).doesNotContain("posts");
        }
    }

    /** No vectorizer owns them; their form says whose they are. */
    @Test
    void leaves_kept_embeddings_alone() throws Exception {
        try (TestDatabase model = TestDatabases.standard().create();
                TestDatabase live = TestDatabases.standard().create()) {
            for (TestDatabase each : List.of(model, live)) {
                execute(each, "create table public.blog (id int primary key, content text)");
            }
            Pgai pgai = Pgai.on(live.dataSource());
            pgai.create(DECLARED);
            pgai.drop("declared", Embeddings.KEEP);
            Files.writeString(directory.resolve("vectorizers.json"), "[" + VectorizerJson.write(DECLARED) + "]");
            String both = Changelogs.yaml("createVectorizer", List.of(Changelogs.options(DECLARED)))
                    + Changelogs.yaml("dropVectorizer", List.of(Map.of("name", "declared", "embeddings", "keep")))
                            .replace("\ndatabaseChangeLog:", "");
            Files.writeString(directory.resolve("kept.yaml"), both);
            Files.writeString(directory.resolve("dropped.yaml"), both.replace("\"keep\"", "\"drop\""));

            assertThat(commands().diffChangelog(LiquibaseCommands.between(model, live)))
                    .isEmpty();
            for (String declares : List.of("vectorizers.json", "kept.yaml", "dropped.yaml")) {
                assertThat(commands()
                                .with("liquibase.pgai.definitions", declares)
                                .diffChangelog(LiquibaseCommands.between(model, live)))
                        .as(declares)
                        .isEmpty();
            }
        }
    }

    /** As liquibase-hibernate has it: no PostgreSQL, and one schema of a name of its own. */
    @Test
    void finds_the_objects_of_a_model_in_the_schema_of_the_database() throws Exception {
        String blog = "create table public.blog (id int primary key, content text);";
        try (TestDatabase model = TestDatabases.standard().create();
                TestDatabase live = TestDatabases.standard().create()) {
            execute(live, blog);
            Pgai.on(live.dataSource()).create(DECLARED);
            execute(model, blog + "create table public.posts_store (embedding_uuid uuid, chunk text, mine text)");
            snapshot(model);
            Path file = directory.resolve("snapshot.json");
            Files.writeString(
                    file,
                    Files.readString(file)
                            .replace("\"public\"", "\"PUBLIC\"")
                            .replace("\"shortName\": \"postgresql\"", "\"shortName\": \"h2\""));

            String changelog = commands().diffChangelog(offlineModel("offline:h2?snapshot=snapshot.json", live));

            assertThat(changelog).doesNotContain("posts");
        }
    }

    @Test
    void names_a_declaration_that_is_not_there() throws Exception {
        try (TestDatabase model = UsersDatabase.model();
                TestDatabase live = UsersDatabase.live()) {
            assertThatThrownBy(() -> commands()
                            .with("liquibase.pgai.definitions", "nowhere.json")
                            .diffChangelog(LiquibaseCommands.between(model, live)))
                    .rootCause()
                    .hasMessageContaining("liquibase.pgai.definitions = nowhere.json");
        }
    }

    @Test
    void is_refused_where_the_vectorizers_may_not_be_read() throws Exception {
        try (TestDatabase model = UsersDatabase.model();
                TestDatabase live = UsersDatabase.live()) {
            Map<String, Object> arguments = LiquibaseCommands.between(model, live);
            arguments.putAll(Guest.on(live));

            assertThatThrownBy(() -> commands().diffChangelog(arguments))
                    .hasStackTraceContaining("Cannot compare: which tables hold the embeddings")
                    .hasStackTraceContaining("grant select on ai.vectorizer to")
                    .hasStackTraceContaining("liquibase.pgai.definitions");
            assertThatThrownBy(() -> commands().run("diff", arguments)).hasStackTraceContaining("Cannot compare");
            assertThatThrownBy(() -> commands().generateChangelog(Guest.on(live)))
                    .hasStackTraceContaining("Cannot compare");
        }
    }

    @Test
    void says_what_it_goes_by_where_the_vectorizers_may_not_be_read() throws Exception {
        try (TestDatabase model = TestDatabases.standard().create();
                TestDatabase live = TestDatabases.standard().create()) {
            String blog = "create table public.blog (id int primary key, content text)";
            execute(model, blog);
            execute(live, blog);
            Pgai.on(live.dataSource()).create(DECLARED);
            Files.writeString(directory.resolve("vectorizers.json"), "[" + VectorizerJson.write(DECLARED) + "]");
            Map<String, Object> arguments = LiquibaseCommands.between(model, live);
            arguments.putAll(Guest.on(live));
            LiquibaseCommands commands = commands().with("liquibase.pgai.definitions", "vectorizers.json");

            assertThat(commands.diffChangelog(arguments)).isEmpty();
            assertThat(commands.told()).contains("WARNING: Only the 1 vectorizers that are declared are left out");
        }
    }

    @Test
    void reads_a_changelog_with_the_parameters_of_a_run() throws Exception {
        try (TestDatabase model = TestDatabases.standard().create();
                TestDatabase live = TestDatabases.standard().create()) {
            execute(live, "create table public.blog (id int primary key, content text)");
            execute(model, "create table public.blog (id int primary key, content text); " + MAPPED_STORE);
            String snapshot = snapshot(model);
            Files.writeString(
                    directory.resolve("changelog.xml"),
                    Changelogs.xml("createVectorizer", List.of(Changelogs.options(DECLARED)))
                            .replace("\"3\"", "\"${dims}\"")
                            .replace("\"public\"", "\"${database.defaultSchemaName}\""));
            Path properties = directory.resolve("liquibase.properties");
            Files.writeString(properties, "parameter.dims: 3\nliquibase.pgai.definitions: changelog.xml\n");

            assertThat(commands().withDefaults(properties).diffChangelog(offlineModel(snapshot, live)))
                    .isEmpty();
            assertThatThrownBy(() -> commands()
                            .with("liquibase.pgai.definitions", "changelog.xml")
                            .diffChangelog(offlineModel(snapshot, live)))
                    .hasStackTraceContaining("liquibase.pgai.definitions = changelog.xml cannot be read: ")
                    .hasStackTraceContaining("embedding.dimensions = \"${dims}\"");
        }
    }

    /** Liquibase takes it for an empty snapshot, as {@code dropAll} has one. */
    @Test
    void compares_with_a_model_of_nothing() throws Exception {
        try (TestDatabase live = UsersDatabase.live()) {
            String changelog = commands().diffChangelog(offlineModel("offline:postgresql", live));

            assertThat(changelog).contains("\"dropTable\"", "\"blog\"").doesNotContainPattern(PGAIS);
        }
    }

    @Test
    void a_table_is_pgais_where_the_vectorizer_is() throws Exception {
        try (TestDatabase model = UsersDatabase.live();
                TestDatabase live = UsersDatabase.model()) {
            execute(live, "create table public.blog_embedding_store (id int primary key)");

            assertThat(commands().diffChangelog(LiquibaseCommands.between(live, model)))
                    .doesNotContainPattern(PGAIS);
            execute(model, "select ai.drop_vectorizer(name, drop_all => true) from ai.vectorizer");
            assertThat(commands().diffChangelog(LiquibaseCommands.between(live, model)))
                    .contains("\"blog_embedding_store\"");
        }
    }

    @Test
    void knows_schemas_that_are_compared_under_another_name() throws Exception {
        try (TestDatabase model = TestDatabases.standard().create();
                TestDatabase live = TestDatabases.standard().create()) {
            execute(model, "create schema app; create table app.blog (id int primary key, content text)");
            execute(live, "create table public.blog (id int primary key, content text)");
            Pgai.on(live.dataSource()).create(DECLARED);

            assertThat(commands()
                            .diffChangelog(LiquibaseCommands.between(
                                    model, live, "referenceDefaultSchemaName", "app", "defaultSchemaName", "PUBLIC")))
                    .isEmpty();
            assertThat(commands()
                            .diffChangelog(LiquibaseCommands.between(
                                    model,
                                    live,
                                    "referenceSchemas",
                                    "app",
                                    "schemas",
                                    "public",
                                    "outputSchemas",
                                    "public")))
                    .isEmpty();
            assertThat(commands()
                            .diffChangelog(LiquibaseCommands.between(
                                    live,
                                    model,
                                    "referenceSchemas",
                                    "public",
                                    "schemas",
                                    "app",
                                    "outputSchemas",
                                    "app")))
                    .isEmpty();
        }
    }

    @Test
    void filters_for_those_who_call_from_java() throws Exception {
        try (TestDatabase live = UsersDatabase.live();
                Connection connection = live.connection()) {
            Database database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            ObjectChangeFilter users =
                    new StandardObjectChangeFilter(StandardObjectChangeFilter.FilterType.EXCLUDE, "vectorizer");
            ObjectChangeFilter filter = new VectorizerObjectChangeFilter(UsersDatabase.managed(live), users);
            Table doc = table("doc");
            DatabaseObject embedding = new Column("emb").setRelation(doc);

            assertThat(filter.includeUnexpected(table("blog_embedding_store"), database, database))
                    .isFalse();
            assertThat(filter.includeMissing(embedding, database, database)).isFalse();
            assertThat(filter.include(table("vectorizer"))).isFalse();
            assertThat(filter.includeUnexpected(table("blog_embedding_stores"), database, database))
                    .isTrue();
            assertThat(new VectorizerObjectChangeFilter(UsersDatabase.managed(live), null).include(table("vectorizer")))
                    .isTrue();
        }
    }

    private static Table table(String name) {
        Table table = new Table();
        table.setSchema(new Schema((String) null, "public"));
        table.setName(name);
        return table;
    }

    private String snapshot(TestDatabase database) throws Exception {
        String snapshot = commands().run("snapshot", LiquibaseCommands.on(database, "snapshotFormat", "json"));
        Files.writeString(directory.resolve("snapshot.json"), snapshot);
        return "offline:postgresql?snapshot=snapshot.json";
    }

    private static Map<String, Object> offlineModel(String snapshot, TestDatabase live) {
        Map<String, Object> arguments = new HashMap<>(LiquibaseCommands.on(live));
        arguments.put("referenceUrl", snapshot);
        return arguments;
    }

    private static List<String> changes(String changelog) {
        return CHANGE.matcher(changelog)
                .results()
                .map(change -> change.group(1))
                .sorted()
                .toList();
    }

    private static void execute(TestDatabase database, String sql) throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private LiquibaseCommands commands() {
        return new LiquibaseCommands(directory);
    }
}
