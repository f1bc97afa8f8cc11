package dev.pgai.liquibase;

import dev.pgai.InvalidArgumentException;
import dev.pgai.change.ChangeForm;
import dev.pgai.change.VectorizerChange;
import dev.pgai.json.JsonObject;
import dev.pgai.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import liquibase.change.AbstractChange;
import liquibase.change.CheckSum;
import liquibase.database.Database;
import liquibase.database.core.PostgresDatabase;
import liquibase.exception.RollbackImpossibleException;
import liquibase.exception.UnexpectedLiquibaseException;
import liquibase.exception.ValidationErrors;
import liquibase.exception.Warnings;
import liquibase.parser.core.ParsedNode;
import liquibase.resource.ResourceAccessor;
import liquibase.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * A change of Liquibase's that is a {@link VectorizerChange}: its options are the keys of the JSON form, its SQL, its
 * rollback and its checksum are the change's own.
 *
 * <p>A mistake is kept until Liquibase validates, which names the change set, and all mistakes of a changelog at once.
 */
abstract class PgaiChange extends AbstractChange {

    private final String action;
    private @Nullable VectorizerChange change;
    private Map<String, Object> loaded = Map.of();
    private @Nullable String mistake;

    /**
     * One that is loaded, or made from a change.
     *
     * @param action what the JSON form calls it
     */
    PgaiChange(String action, @Nullable VectorizerChange change) {
        this.action = action;
        this.change = change;
    }

    /** For what an action allows, and Liquibase cannot work with. */
    void check(VectorizerChange change) {}

    /**
     * What is done.
     *
     * @return the change
     * @throws UnexpectedLiquibaseException when the options that were loaded are none
     */
    public final VectorizerChange change() {
        if (mistake != null) {
            throw new UnexpectedLiquibaseException(mistake);
        }
        return Objects.requireNonNull(change, "no options were loaded");
    }

    @Override
    public final void load(ParsedNode node, ResourceAccessor resourceAccessor) {
        try {
            loaded = NodeValues.of(node);
            VectorizerChange read = ChangeForm.read(action, JsonObject.loose(loaded));
            check(read);
            change = read;
            mistake = null;
        } catch (InvalidArgumentException e) {
            mistake = getSerializedObjectName() + ": " + e.getMessage();
        }
    }

    @Override
    public final boolean supports(Database database) {
        return database instanceof PostgresDatabase;
    }

    @Override
    public final Warnings warn(Database database) {
        return new Warnings();
    }

    @Override
    public final ValidationErrors validate(Database database) {
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
    public final boolean generateStatementsVolatile(Database database) {
        return false;
    }

    @Override
    public final boolean generateRollbackStatementsVolatile(Database database) {
        return false;
    }

    @Override
    public final SqlStatement[] generateStatements(Database database) {
        return statements(change(), database);
    }

    @Override
    public final boolean supportsRollback(Database database) {
        return mistake == null && change().inverse().isPresent();
    }

    @Override
    public final SqlStatement[] generateRollbackStatements(Database database) throws RollbackImpossibleException {
        VectorizerChange inverse = change().inverse()
                .orElseThrow(() -> new RollbackImpossibleException("To " + change() + " is not undone. "
                        + change().whyNoInverse() + " Or give the change set a" + " rollback of its own."));
        return statements(inverse, database);
    }

    /**
     * The statements as they are shown, run by Liquibase itself. Where they are run and not shown, pgai's own look at
     * the database comes before them, because the catalog's errors come late.
     */
    private SqlStatement[] statements(VectorizerChange what, Database database) {
        List<SqlStatement> statements = new ArrayList<>();
        VectorizerChange.script(List.of(what)).forEach(sql -> statements.add(new VectorizerStatement(sql)));
        if (shouldExecuteChange(database)) {
            // After the lock, so that what is seen stays so.
            statements.add(1, new LookStatement(getSerializedObjectName(), what, database));
        }
        return statements.toArray(SqlStatement[]::new);
    }

    @Override
    public final CheckSum generateCheckSum() {
        return CheckSum.compute(
                mistake == null ? change().canonicalText() : getSerializedObjectName() + JsonText.write(loaded));
    }

    @Override
    public final String getDescription() {
        return getSerializedObjectName() + (mistake == null ? " name=" + change().name() : "");
    }

    @Override
    public final String getConfirmationMessage() {
        return "Done: " + change();
    }
}
