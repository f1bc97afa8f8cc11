package dev.pgai.liquibase;

import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.InvalidDefinitionException;
import dev.pgai.vectorizer.VectorizerJson;
import java.util.List;
import java.util.Map;
import liquibase.change.AbstractChange;
import liquibase.change.CheckSum;
import liquibase.database.Database;
import liquibase.database.core.PostgresDatabase;
import liquibase.exception.UnexpectedLiquibaseException;
import liquibase.exception.ValidationErrors;
import liquibase.exception.Warnings;
import liquibase.parser.core.ParsedNode;
import liquibase.resource.ResourceAccessor;
import liquibase.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * What the changes have in common: they are read from nodes in the shape of the JSON form, and are one statement.
 *
 * <p>A mistake is kept until Liquibase validates, which names the change set, and all mistakes of a changelog at once.
 */
abstract class VectorizerChange extends AbstractChange {

    private Map<String, Object> loaded = Map.of();
    private @Nullable String mistake;

    /** Takes the values over, or refuses them by the path of the option. */
    abstract void read(Map<String, Object> values);

    /** The change in its one form, whatever format it was written in. */
    abstract Map<String, Object> values();

    abstract String vectorizer();

    abstract String sql();

    /**
     * Looks at the database before the change is run.
     *
     * @return what keeps the change from working, and the way out; empty when nothing does
     */
    List<String> obstacles(Pgai pgai) {
        return pgai.exists(vectorizer())
                ? List.of()
                : List.of("there is no vectorizer " + vectorizer() + ". Correct the name, or let the change set be"
                        + " skipped by the precondition <vectorizerExists/>.");
    }

    @Override
    public void load(ParsedNode node, ResourceAccessor resourceAccessor) {
        try {
            loaded = NodeValues.of(node);
            read(loaded);
            mistake = null;
        } catch (InvalidDefinitionException e) {
            mistake = getSerializedObjectName() + ": " + e.getMessage();
        }
    }

    @Override
    public boolean supports(Database database) {
        return database instanceof PostgresDatabase;
    }

    @Override
    public Warnings warn(Database database) {
        return new Warnings();
    }

    @Override
    public ValidationErrors validate(Database database) {
        ValidationErrors errors = new ValidationErrors(this);
        if (mistake != null) {
            errors.addError(mistake);
        }
        if (!supports(database)) {
            errors.addError(getSerializedObjectName() + " is not supported on " + database.getShortName()
                    + ": pgai is for PostgreSQL");
        }
        return errors;
    }

    @Override
    public boolean generateStatementsVolatile(Database database) {
        return false;
    }

    @Override
    public boolean generateRollbackStatementsVolatile(Database database) {
        return false;
    }

    /**
     * The statement as it is shown, run by Liquibase itself. Where it is run and not shown, pgai's own look at the
     * database comes before it, because the catalog's errors come late, and for an unknown name never.
     */
    @Override
    public SqlStatement[] generateStatements(Database database) {
        VectorizerStatement statement = new VectorizerStatement(valid().sql());
        return shouldExecuteChange(database)
                ? new SqlStatement[] {new LookStatement(this, database), statement}
                : new SqlStatement[] {statement};
    }

    @Override
    public CheckSum generateCheckSum() {
        // CheckSum would drop and compose some characters: what is not ASCII is written by number.
        StringBuilder text = new StringBuilder(getSerializedObjectName());
        VectorizerJson.writeValue(mistake == null ? values() : loaded)
                .chars()
                .forEach(c -> text.append(c < 0x80 ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return CheckSum.compute(text.toString());
    }

    @Override
    public String getDescription() {
        return getSerializedObjectName() + (mistake == null ? " name=" + vectorizer() : "");
    }

    VectorizerChange valid() {
        if (mistake != null) {
            throw new UnexpectedLiquibaseException(mistake);
        }
        return this;
    }
}
