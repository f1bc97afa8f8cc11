package dev.pgai.liquibase;

import liquibase.database.Database;
import liquibase.database.core.PostgresDatabase;
import liquibase.exception.ValidationErrors;
import liquibase.sql.Sql;
import liquibase.sql.UnparsedSql;
import liquibase.sqlgenerator.SqlGeneratorChain;
import liquibase.sqlgenerator.core.AbstractSqlGenerator;

/** Gives Liquibase the text of a statement. Liquibase finds it by itself; there is no need to call it. */
public final class VectorizerSqlGenerator extends AbstractSqlGenerator<VectorizerStatement> {

    /** For Liquibase. */
    public VectorizerSqlGenerator() {}

    @Override
    public boolean supports(VectorizerStatement statement, Database database) {
        return database instanceof PostgresDatabase;
    }

    @Override
    public ValidationErrors validate(
            VectorizerStatement statement, Database database, SqlGeneratorChain<VectorizerStatement> chain) {
        return new ValidationErrors();
    }

    @Override
    public Sql[] generateSql(
            VectorizerStatement statement, Database database, SqlGeneratorChain<VectorizerStatement> chain) {
        return new Sql[] {new UnparsedSql(statement.sql())};
    }
}
