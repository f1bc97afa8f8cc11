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

/** Creates the vectorizer of one definition. */
final class Creation {

    private static final String CREATED_SETTING = "pgai.created";

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
        Preflight preflight = Preflight.forCreating(connection, doing, definition);
        preflight.requireRightsToCreate(definition);
        boolean mayBeThere = Boolean.TRUE.equals(definition.ifNotExists());
        Optional<Target> before =
                mayBeThere ? Target.find(connection, doing, new VectorizerKey.Name(name)) : Optional.empty();
        int id = Statements.change(
                connection,
                subject,
                VectorizerSql.create(definition),
                (sql, e) -> error(preflight.look(), sql, e),
                rows -> {
                    rows.next();
                    return rows.getInt(1);
                });
        boolean wasThere = before.filter(there -> there.id() == id).isPresent();
        return new Done<>(new CreatedVectorizer(id, name), wasThere ? null : created(id));
    }

    /**
     * First looks without a lock, because most calls find what they look for. Then one statement locks, looks again and
     * creates: on its own it is atomic in autocommit, too, and under the lock it sees what others have committed.
     */
    Done<PresentVectorizer> createIfAbsent() {
        Preflight preflight = Preflight.forCreating(connection, doing, definition);
        if (!preflight.mayRead()) {
            preflight.requireRightsToCreate(definition);
        }
        StoredVectorizer there = StoredVectorizers.find(connection, doing, new VectorizerKey.Name(name));
        if (there != null) {
            return present(there, false);
        }
        preflight.requireRightsToCreate(definition);
        Attempt attempt = Statements.change(
                connection,
                subject,
                createUnderLock() + "; select pg_catalog.current_setting(" + SqlText.literal(CREATED_SETTING)
                        + ") as created, "
                        + StoredVectorizers.COLUMNS + " from ai.vectorizer v where v.name operator(pg_catalog.=) "
                        + SqlText.literal(name),
                (sql, e) -> error(preflight.look(), sql, e),
                rows -> rows.next()
                        ? new Attempt(rows.getBoolean("created"), StoredVectorizers.read(rows))
                        : new Attempt(false, null));
        if (attempt.vectorizer() == null) {
            throw new PgaiDatabaseException(
                    doing + ": it was there, and another transaction dropped it meanwhile. Call again.", null, null);
        }
        return present(attempt.vectorizer(), attempt.created());
    }

    private record Attempt(boolean created, @Nullable StoredVectorizer vectorizer) {}

    private Done<PresentVectorizer> present(StoredVectorizer vectorizer, boolean created) {
        if (!created) {
            vectorizer.requireSameAs(definition);
        }
        return new Done<>(
                new PresentVectorizer(vectorizer.id(), vectorizer.name(), created),
                created ? created(vectorizer.id()) : null);
    }

    /** A setting that lasts as long as the transaction tells the next statement what this one did. */
    private String createUnderLock() {
        // With if_not_exists the catalog would not say whether it created.
        VectorizerDefinition strict = Boolean.TRUE.equals(definition.ifNotExists())
                ? definition.toBuilder().ifNotExists(false).build()
                : definition;
        String setting = SqlText.literal(CREATED_SETTING);
        return "do "
                + SqlText.literal("begin perform pg_catalog.pg_advisory_xact_lock(" + Pgai.CREATE_LOCK
                        + "); perform pg_catalog.set_config(" + setting + ", 'false', true);"
                        + " if not exists (select from ai.vectorizer v where v.name operator(pg_catalog.=) "
                        + SqlText.literal(name) + ") then perform (" + VectorizerSql.create(strict)
                        + "); perform pg_catalog.set_config(" + setting + ", 'true', true); end if; end");
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
