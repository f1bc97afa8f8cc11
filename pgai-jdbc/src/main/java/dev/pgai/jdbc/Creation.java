package dev.pgai.jdbc;

import dev.pgai.sql.SqlText;
import dev.pgai.sql.VectorizerSql;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the vectorizer of one definition. */
final class Creation {

    private static final Logger LOG = LoggerFactory.getLogger(Pgai.class);

    private final Connection connection;
    private final VectorizerDefinition definition;
    private final String name;
    private final String subject;
    private final String doing;

    Creation(Connection connection, VectorizerDefinition definition) {
        this.connection = connection;
        this.definition = definition;
        this.name = CatalogNames.of(definition).vectorizer();
        this.subject = new VectorizerKey.Name(name).toString();
        this.doing = "Cannot create " + subject + " on " + definition.source();
    }

    Done<CreatedVectorizer> create() {
        DefinitionCheck check = DefinitionCheck.run(connection, doing, definition);
        require(check);
        Optional<Integer> before = check.facts().present().map(DefinitionFacts.Vectorizer::id);
        int id = Statements.change(
                connection,
                subject,
                VectorizerSql.create(definition),
                (sql, e) -> error(check.facts().catalog(), sql, e),
                rows -> {
                    rows.next();
                    return rows.getInt(1);
                });
        boolean wasThere = before.filter(there -> there == id).isPresent();
        return new Done<>(new CreatedVectorizer(id, name), wasThere ? null : created(id));
    }

    /** First looks without a lock, because most calls find what they look for. */
    Done<PresentVectorizer> createIfAbsent() {
        DefinitionCheck check = DefinitionCheck.run(connection, doing, strict());
        if (check.facts().present().isPresent()) {
            return StoredConfig.find(connection, doing, new VectorizerKey.Name(name))
                    .map(there -> present(there, false))
                    .orElseThrow(this::droppedMeanwhile);
        }
        require(check);
        String row = " from ai.vectorizer v where v.name operator(pg_catalog.=) " + SqlText.literal(name);
        Attempt attempt = Statements.change(
                connection,
                subject,
                UnderLock.changeIf("not exists (select" + row + ")", VectorizerSql.create(strict())) + "; select "
                        + UnderLock.CHANGED + " as created, " + StoredConfig.COLUMNS + row,
                (sql, e) -> error(check.facts().catalog(), sql, e),
                rows -> rows.next()
                        ? new Attempt(rows.getBoolean("created"), StoredConfig.read(rows))
                        : new Attempt(false, null));
        if (attempt.vectorizer() == null) {
            throw droppedMeanwhile();
        }
        return present(attempt.vectorizer(), attempt.created());
    }

    private void require(DefinitionCheck check) {
        check.requireNoErrors();
        for (Problem problem : check.problems()) {
            // The server warns of roles itself, when it leaves them out.
            if (problem.code() != Problem.Code.GRANTEE_MISSING) {
                LOG.warn(Pgai.onOneLine(subject + " on " + definition.source() + ": " + problem));
            }
        }
    }

    private PgaiDatabaseException droppedMeanwhile() {
        return new PgaiDatabaseException(
                doing + ": it was there, and another transaction dropped it meanwhile. Call again.", null, null);
    }

    /** With if_not_exists the catalog would not say whether it created. */
    private VectorizerDefinition strict() {
        return Boolean.TRUE.equals(definition.ifNotExists())
                ? definition.toBuilder().ifNotExists(false).build()
                : definition;
    }

    private record Attempt(boolean created, @Nullable StoredConfig vectorizer) {}

    private Done<PresentVectorizer> present(StoredConfig vectorizer, boolean created) {
        if (!created) {
            vectorizer.requireSameAs(definition);
        }
        return new Done<>(
                new PresentVectorizer(vectorizer.id(), vectorizer.name(), created),
                created ? created(vectorizer.id()) : null);
    }

    private String created(int id) {
        return "Created vectorizer " + name + " (id " + id + ") on " + definition.source();
    }

    private PgaiDatabaseException error(CatalogLook look, String sql, SQLException e) {
        // With a table destination the same state means a source with a column named as one of the store's.
        if (definition.destination() instanceof Destination.Column
                && SqlErrors.state(e).equals(SqlErrors.DUPLICATE_COLUMN)) {
            return exists(look, sql, e);
        }
        return switch (SqlErrors.state(e)) {
            case SqlErrors.DUPLICATE_OBJECT, SqlErrors.DUPLICATE_TABLE, SqlErrors.UNIQUE_VIOLATION ->
                exists(look, sql, e);
            case SqlErrors.UNDEFINED_TABLE ->
                new SourceNotFoundException(
                        definition.source(),
                        SqlErrors.message(
                                doing,
                                e,
                                "The table was there a moment ago: another transaction dropped or renamed it."),
                        sql,
                        e);
            case SqlErrors.INSUFFICIENT_PRIVILEGE -> SqlErrors.missingRights(look.user(), doing, sql, e);
            default -> SqlErrors.of(doing, sql, e);
        };
    }

    private VectorizerExistsException exists(CatalogLook look, String sql, SQLException e) {
        return new VectorizerExistsException(name, SqlErrors.message(doing, e, whatIsTaken(look)), sql, e);
    }

    /** The state alone does not tell these apart; the server's message, which comes after this one, does. */
    private String whatIsTaken(CatalogLook look) {
        CatalogNames names = CatalogNames.of(definition);
        StringBuilder text = new StringBuilder("One of these names is taken: vectorizer " + name);
        if (names.store() != null) {
            text.append(", view ").append(names.view()).append(", table ").append(names.store());
        }
        if (definition.destination() instanceof Destination.Column column) {
            text.append(", column ").append(column.embeddingColumn());
        }
        RelationName queue = names.queue(0);
        text.append(", queue ")
                .append(definition.queueTable() == null ? queue.schema() + "._vectorizer_q_<id>" : queue)
                .append(". Drop or rename what has it, or choose another name, destination or queue_table;")
                .append(" createIfAbsent() accepts a vectorizer that is there.");
        if (look.keepsItsSnapshot()) {
            text.append(" This transaction is ")
                    .append(look.isolation())
                    .append(" and does not see what others committed after its first statement:")
                    .append(" end it and look again in a new one.");
        }
        return text.toString();
    }
}
