package dev.pgai.liquibase;

import dev.pgai.InvalidArgumentException;
import dev.pgai.json.JsonObject;
import dev.pgai.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import liquibase.Scope;
import liquibase.change.AbstractChange;
import liquibase.change.CheckSum;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.RanChangeSet;
import liquibase.database.Database;
import liquibase.database.core.PostgresDatabase;
import liquibase.exception.LiquibaseException;
import liquibase.exception.RollbackImpossibleException;
import liquibase.exception.UnexpectedLiquibaseException;
import liquibase.exception.ValidationErrors;
import liquibase.exception.Warnings;
import liquibase.parser.core.ParsedNode;
import liquibase.parser.core.ParsedNodeException;
import liquibase.resource.ResourceAccessor;
import liquibase.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * A change of Liquibase's that is options, read into a value.
 *
 * <p>Mistakes are kept until Liquibase validates, which names the change set, and all mistakes of a changelog at once.
 *
 * <p>A change set that was marked as run, and did nothing, is rolled back by nothing.
 *
 * @param <T> what is made of the options
 */
abstract class OptionsChange<T> extends AbstractChange {

    private static final SqlStatement[] NONE = {};

    private @Nullable T value;
    private Map<String, Object> loaded = Map.of();
    private List<String> mistakes = List.of();
    private @Nullable ResourceAccessor files;
    private boolean hasToldOfRollback;

    OptionsChange(@Nullable T value) {
        this.value = value;
    }

    /** Reads the options; called more than once, to find all mistakes. */
    abstract T read(JsonObject options);

    /** The options of a value, as a changelog spells them. */
    abstract SerializedOptions serialized(String name, T value);

    /** What is wrong beside the options, each in a sentence or more. */
    abstract List<String> mistakesBeside(ResourceAccessor files, ChangeSet changeSet);

    /** What is known of the value, in short. */
    abstract String described(T value);

    /** What is the same when the same is done. */
    abstract String canonicalText(T value);

    abstract SqlStatement[] statements(Database database);

    abstract SqlStatement[] rollbackStatements(Database database) throws RollbackImpossibleException;

    abstract boolean isUndone();

    /**
     * What was read.
     *
     * @throws UnexpectedLiquibaseException when the options that were loaded are none
     */
    final T value() {
        if (!mistakes.isEmpty()) {
            throw new UnexpectedLiquibaseException(String.join(" ", mistakes));
        }
        return Objects.requireNonNull(value, "no options were loaded");
    }

    /** Where the files of the changelog are; null for a change that was not loaded. */
    final @Nullable ResourceAccessor files() {
        return files;
    }

    @Override
    public final void load(ParsedNode node, ResourceAccessor resourceAccessor) {
        files = resourceAccessor;
        String name = getSerializedObjectName();
        try {
            loaded = NodeValues.of(node);
            Mistakes.Reading<T> reading = Mistakes.read(loaded, values -> read(JsonObject.loose(values)));
            value = reading.value();
            mistakes = reading.mistakes().stream()
                    .map(mistake -> name + ": " + mistake)
                    .toList();
        } catch (InvalidArgumentException e) {
            mistakes = List.of(name + ": " + e.getMessage());
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
        mistakes.forEach(errors::addError);
        if (mistakes.isEmpty() && files != null && getChangeSet() != null) {
            mistakesBeside(files, getChangeSet())
                    .forEach(mistake -> errors.addError(getSerializedObjectName() + ": " + mistake));
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
        return isPartOfRollback() && didNothing(database) ? NONE : statements(database);
    }

    @Override
    public final boolean supportsRollback(Database database) {
        return mistakes.isEmpty() && (isUndone() || didNothing(database));
    }

    @Override
    public final SqlStatement[] generateRollbackStatements(Database database) throws RollbackImpossibleException {
        return didNothing(database) ? NONE : rollbackStatements(database);
    }

    /** In the {@code rollback} that the user has given the change set. */
    private boolean isPartOfRollback() {
        ChangeSet changeSet = getChangeSet();
        return changeSet != null && changeSet.getRollback().getChanges().contains(this);
    }

    /** Liquibase rolls back what a precondition has kept from running, too. */
    private boolean didNothing(Database database) {
        ChangeSet changeSet = getChangeSet();
        if (changeSet == null) {
            return false;
        }
        RanChangeSet ran;
        try {
            ran = Scope.getCurrentScope()
                    .getSingleton(ChangeLogHistoryServiceFactory.class)
                    .getChangeLogService(database)
                    .getRanChangeSet(changeSet);
        } catch (LiquibaseException e) {
            throw new UnexpectedLiquibaseException(
                    "Cannot find out whether change set " + changeSet + " did anything: " + e.getMessage(), e);
        }
        boolean nothing = ran != null && ran.getExecType() == ChangeSet.ExecType.MARK_RAN;
        if (nothing && !hasToldOfRollback) {
            Told.info("Nothing to roll back: change set " + changeSet + " was marked as run, and did nothing ("
                    + getDescription() + ")");
            hasToldOfRollback = true;
        }
        return nothing;
    }

    @Override
    public final CheckSum generateCheckSum() {
        return CheckSum.compute(
                mistakes.isEmpty() ? canonicalText(value()) : getSerializedObjectName() + JsonText.write(loaded));
    }

    @Override
    public final String getDescription() {
        return getSerializedObjectName() + (mistakes.isEmpty() ? " " + described(value()) : "");
    }

    private SerializedOptions options() {
        return mistakes.isEmpty()
                ? serialized(getSerializedObjectName(), value())
                : SerializedOptions.of(getSerializedObjectName(), loaded);
    }

    @Override
    public final Set<String> getSerializableFields() {
        return options().getSerializableFields();
    }

    @Override
    public final @Nullable Object getSerializableFieldValue(String field) {
        return options().getSerializableFieldValue(field);
    }

    @Override
    public final SerializationType getSerializableFieldType(String field) {
        return options().getSerializableFieldType(field);
    }

    @Override
    public final ParsedNode serialize() throws ParsedNodeException {
        return options().serialize();
    }

    @Override
    public final String toString() {
        return getDescription();
    }
}
