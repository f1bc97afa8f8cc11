package dev.pgai.liquibase;

import dev.pgai.change.VectorizerChange;
import java.util.List;
import liquibase.statement.AbstractSqlStatement;
import liquibase.statement.SqlStatement;

/**
 * One statement of {@link dev.pgai.sql.VectorizerSql}. Liquibase's own statement for given text would be run as a
 * prepared one, and a template may hold question marks.
 */
final class VectorizerStatement extends AbstractSqlStatement {

    private final String sql;

    VectorizerStatement(String sql) {
        this.sql = sql;
    }

    /** Keeps others that change vectorizers waiting, to the end of the transaction. */
    static VectorizerStatement lock() {
        return new VectorizerStatement(VectorizerChange.script(List.of()).get(0));
    }

    /** What is run for changes, with the lock before them. */
    static SqlStatement[] all(List<VectorizerChange> changes) {
        return VectorizerChange.script(changes).stream()
                .map(VectorizerStatement::new)
                .toArray(SqlStatement[]::new);
    }

    String sql() {
        return sql;
    }

    @Override
    public String toString() {
        return sql;
    }
}
