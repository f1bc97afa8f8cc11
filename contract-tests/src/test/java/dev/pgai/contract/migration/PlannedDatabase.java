package dev.pgai.contract.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.database.StoredVectorizer;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.PlanStep;
import dev.pgai.plan.PlanStep.Action;
import dev.pgai.plan.VectorizerPlan;
import dev.pgai.plan.migration.Migration;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.Processing;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database that holds something, and a plan for it that has a step of each kind that has a way back. */
final class PlannedDatabase implements AutoCloseable {

    private static final VectorizerDefinition BLOG = VectorizerDefinition.builder(
                    RelationName.of("public", "blog"), Loading.column("content"), Embedding.openai("m", 3))
            .name("blog")
            .destination(Destination.table("blog_embeddings"))
            .build();

    private static final VectorizerDefinition TITLES = BLOG.toBuilder()
            .name("titles")
            .loading(Loading.column("title"))
            .destination(Destination.table("titles"))
            .build();

    private static final VectorizerDefinition NEW = BLOG.toBuilder()
            .name("new")
            .destination(Destination.table("new"))
            .formatting(Formatting.pythonTemplate("it's $title; -- \" \\n : ? {d 'x'} äé\n$chunk"))
            .build();

    private static final List<VectorizerDefinition> BEFORE = List.of(BLOG, TITLES);

    private static final DesiredState DESIRED = DesiredState.of(List.of(
            BLOG.toBuilder().chunking(Chunking.none()).build(),
            TITLES.toBuilder()
                    .processing(Processing.byDefault().withBatchSize(7))
                    .build(),
            NEW));

    private final TestDatabase database = TestDatabases.standard().create();
    private final Pgai pgai = Pgai.on(database.dataSource());
    private DesiredState others = DESIRED;

    PlannedDatabase() throws SQLException {
        execute("create table public.blog (id bigint primary key, title text, content text)");
        BEFORE.forEach(pgai::create);
    }

    /** Queued again, in place, created: three transactions. */
    List<Migration> migrations() {
        List<Migration> migrations = Migration.of(pgai.plan(DESIRED), "20260131120000", "smaller chunks");
        assertThat(migrations)
                .extracting(Migration::toString)
                .containsExactly(
                        "20260131120000 smaller chunks before",
                        "20260131120001 smaller chunks",
                        "20260131120002 smaller chunks after");
        return migrations;
    }

    /** Dropped, repaired, its view refreshed, adopted, created anew: one transaction, without a way back. */
    Migration otherSteps() throws SQLException {
        List<VectorizerDefinition> definitions = new ArrayList<>();
        for (String name : List.of("repaired", "refreshed", "adopted", "replaced")) {
            execute("create table public." + name + " (id bigint primary key, content text)");
            definitions.add(BLOG.toBuilder()
                    .source(RelationName.of("public", name))
                    .name(name)
                    .destination(Destination.table(name + "_embeddings"))
                    .build());
        }
        definitions.forEach(pgai::create);
        execute(
                "drop table ai._vectorizer_q_"
                        + pgai.find("repaired").orElseThrow().id(),
                "alter table public.refreshed add column author text");
        pgai.drop("adopted", Embeddings.KEEP);
        VectorizerDefinition replaced = definitions.remove(3);
        definitions.add(
                replaced.toBuilder().embedding(Embedding.openai("other", 3)).build());
        others = DesiredState.of(definitions).withRemoved(List.of("titles"));
        VectorizerPlan plan = pgai.plan(others);
        assertThat(plan.steps())
                .extracting(PlanStep::action)
                .containsExactly(Action.DROP, Action.REPAIR, Action.REFRESH_VIEW, Action.ADOPT, Action.REPLACE);
        List<Migration> migrations = Migration.of(plan, "20260202120000", "other steps");
        assertThat(migrations).hasSize(1);
        return migrations.get(0);
    }

    void otherStepsAreDone() {
        assertThat(pgai.plan(others).toString()).contains("Nothing to do");
    }

    void isAsDesired() {
        assertThat(pgai.plan(DESIRED).toString()).contains("Nothing to do");
        assertThat(pgai.list()).allMatch(StoredVectorizer::enabled);
    }

    void isAsBefore() {
        assertThat(pgai.plan(DesiredState.of(BEFORE)).toString()).contains("Nothing to do");
        assertThat(pgai.list()).hasSize(2).allMatch(StoredVectorizer::enabled);
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    TestDatabase database() {
        return database;
    }

    Pgai pgai() {
        return pgai;
    }

    @Override
    public void close() {
        database.close();
    }
}
