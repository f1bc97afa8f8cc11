package dev.pgai.liquibase;

import liquibase.statement.AbstractSqlStatement;

/**
 * One statement of {@link dev.pgai.sql.VectorizerSql}. Liquibase's own statement for given text would be run as a
 * prepared one, and a template may hold question marks.
 */
final class VectorizerStatement extends AbstractSqlStatement {

    private final String sql;

    VectorizerStatement(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }

    @Override
    public String toString() {
        return sql;
    }
}
