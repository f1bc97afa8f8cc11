package dev.pgai.jdbc;

import dev.pgai.sql.VectorizerSql;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Scheduling;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Changes one vectorizer that is there. Looks first, because the catalog keeps quiet about names that it does not know;
 * then runs the statement for the id that was found.
 */
final class Changes {

    private final Connection connection;
    private final VectorizerKey key;
    private final String doing;
    private final Preflight preflight;

    private Changes(Connection connection, VectorizerKey key, String verb) {
        this.connection = connection;
        this.key = key;
        this.doing = "Cannot " + verb + " " + key;
        this.preflight = Preflight.forReading(connection, doing);
    }

    static Done<Boolean> drop(Connection connection, VectorizerKey key, Embeddings embeddings) {
        Changes changes = new Changes(connection, key, "drop");
        Target target = changes.target();
        changes.preflight.requireDelete();
        changes.run(
                VectorizerSql.drop(target.id(), embeddings), (sql, e) -> changes.dropError(target, embeddings, sql, e));
        return new Done<>(true, dropped(target, embeddings));
    }

    static Done<Boolean> dropIfExists(Connection connection, VectorizerKey key, Embeddings embeddings) {
        Changes changes = new Changes(connection, key, "drop");
        return Target.find(connection, changes.doing, key)
                .map(target -> changes.dropUnderLock(target, embeddings))
                .orElse(new Done<>(false, null));
    }

    static Done<Boolean> enable(Connection connection, VectorizerKey key) {
        Changes changes = new Changes(connection, key, "enable");
        Target target = changes.target();
        changes.preflight.requireUpdate();
        changes.run(VectorizerSql.enable(target.id()), changes::error);
        return new Done<>(true, "Enabled " + target);
    }

    static Done<Boolean> disable(Connection connection, VectorizerKey key) {
        Changes changes = new Changes(connection, key, "disable");
        Target target = changes.target();
        changes.preflight.requireUpdate();
        changes.run(VectorizerSql.disable(target.id()), changes::error);
        return new Done<>(true, "Disabled " + target);
    }

    static Done<Boolean> setScheduling(
            Connection connection, VectorizerKey key, Scheduling scheduling, Indexing indexing) {
        Changes changes = new Changes(connection, key, "set the scheduling of");
        Target target = changes.target();
        changes.preflight.requireUpdate();
        changes.run(VectorizerSql.setScheduling(target.id(), scheduling, indexing), changes::schedulingError);
        return new Done<>(
                true,
                "Set scheduling to " + scheduling.implementation() + " and indexing to " + indexing.implementation()
                        + " for " + target);
    }

    private Target target() {
        return Target.find(connection, doing, key)
                .orElseThrow(() ->
                        new VectorizerNotFoundException(key, preflight.look().database()));
    }

    /** It was there without the lock; another may drop it until the lock is held. */
    private Done<Boolean> dropUnderLock(Target target, Embeddings embeddings) {
        preflight.requireDelete();
        String exists = "exists (select from ai.vectorizer v where v.id operator(pg_catalog.=) " + target.id() + ")";
        boolean dropped = Statements.change(
                connection,
                key.toString(),
                UnderLock.changeIf(exists, VectorizerSql.drop(target.id(), embeddings)) + "; select "
                        + UnderLock.CHANGED,
                (sql, e) -> dropError(target, embeddings, sql, e),
                rows -> rows.next() && rows.getBoolean(1));
        return new Done<>(dropped, dropped ? dropped(target, embeddings) : null);
    }

    private static String dropped(Target target, Embeddings embeddings) {
        return "Dropped " + target + "; " + target.fateOf(embeddings);
    }

    private void run(String sql, Statements.Errors errors) {
        Statements.change(connection, key.toString(), sql, errors, ResultSet::next);
    }

    private PgaiDatabaseException dropError(Target target, Embeddings embeddings, String sql, SQLException e) {
        if (!SqlErrors.state(e).equals(SqlErrors.DEPENDENT_OBJECTS)) {
            return error(sql, e);
        }
        String wayOut = "Nothing was dropped. First drop what the message names as dependent"
                + (embeddings == Embeddings.DROP ? ", or keep the embeddings." : ".");
        return new DependentObjectsException(target.name(), SqlErrors.message(doing, e, wayOut), sql, e);
    }

    private PgaiDatabaseException schedulingError(String sql, SQLException e) {
        if (!SqlErrors.state(e).equals(SqlErrors.UNDEFINED_FUNCTION)) {
            return error(sql, e);
        }
        String wayOut = "ai.set_scheduling came with pgai 0.12 and calls functions of TimescaleDB, whatever is set: it"
                + " needs both, and the extension ai for a schedule other than none.";
        return new PgaiDatabaseException(SqlErrors.message(doing, e, wayOut), sql, e);
    }

    private PgaiDatabaseException error(String sql, SQLException e) {
        return switch (SqlErrors.state(e)) {
            case SqlErrors.NO_DATA_FOUND -> {
                String wayOut = "It was there a moment ago: another transaction dropped it.";
                yield new VectorizerNotFoundException(key, SqlErrors.message(doing, e, wayOut), sql, e);
            }
            case SqlErrors.INSUFFICIENT_PRIVILEGE ->
                SqlErrors.missingRights(preflight.look().user(), doing, sql, e);
            default -> SqlErrors.of(doing, sql, e);
        };
    }
}
