package dev.pgai.liquibase;

import dev.pgai.InvalidArgumentException;
import dev.pgai.change.AlterVectorizer;
import dev.pgai.change.ChangeForm;
import dev.pgai.change.DropVectorizer;
import dev.pgai.change.VectorizerChange;
import dev.pgai.json.JsonObject;
import dev.pgai.json.JsonText;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.HashSet;
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
 * A change of Liquibase's that is a {@link VectorizerChange}: its options are the keys of the JSON form, its SQL, its
 * rollback and its checksum are the change's own.
 *
 * <p>Mistakes are kept until Liquibase validates, which names the change set, and all mistakes of a changelog at once.
 *
 * <p>A change set that was marked as run, and did nothing, is rolled back by nothing.
 */
abstract class PgaiChange extends AbstractChange {

    private static final SqlStatement[] NONE = {};

    private final String action;
    private @Nullable VectorizerChange change;
    private Map<String, Object> loaded = Map.of();
    private List<String> mistakes = List.of();
    private @Nullable ResourceAccessor files;
    private boolean hadNothingToDo;
    private boolean hasToldOfRollback;

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
        if (!mistakes.isEmpty()) {
            throw new UnexpectedLiquibaseException(String.join(" ", mistakes));
        }
        return Objects.requireNonNull(change, "no options were loaded");
    }

    @Override
    public final void load(ParsedNode node, ResourceAccessor resourceAccessor) {
        files = resourceAccessor;
        String name = getSerializedObjectName();
        try {
            loaded = NodeValues.of(node);
            Mistakes.Reading<VectorizerChange> reading = Mistakes.read(loaded, values -> {
                VectorizerChange read = ChangeForm.read(action, JsonObject.loose(values));
                check(read);
                return read;
            });
            change = reading.value();
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
            TemplateParameters.mistakes(getChangeSet(), files, templates())
                    .forEach(mistake -> errors.addError(getSerializedObjectName() + ": " + mistake));
        }
        if (!supports(database)) {
            errors.addError(getSerializedObjectName() + " is not supported on " + database.getShortName()
                    + ": pgai is for PostgreSQL");
        }
        return errors;
    }

    private Set<String> templates() {
        Set<String> templates = new HashSet<>();
        change().becomes().ifPresent(definition -> addTemplate(definition, templates));
        if (change() instanceof DropVectorizer drop && drop.definition() != null) {
            addTemplate(drop.definition(), templates);
        }
        if (change() instanceof AlterVectorizer alter && alter.before() != null) {
            addTemplate(alter.before(), templates);
        }
        return templates;
    }

    private static void addTemplate(VectorizerDefinition definition, Set<String> templates) {
        if (definition.formatting() instanceof Formatting.PythonTemplate python && python.template() != null) {
            templates.add(python.template());
        }
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
        return isPartOfRollback() && didNothing(database) ? NONE : statements(change(), null, database);
    }

    @Override
    public final boolean supportsRollback(Database database) {
        return mistakes.isEmpty() && (change().inverse().isPresent() || didNothing(database));
    }

    @Override
    public final SqlStatement[] generateRollbackStatements(Database database) throws RollbackImpossibleException {
        if (didNothing(database)) {
            return NONE;
        }
        VectorizerChange inverse = change().inverse()
                .orElseThrow(() -> new RollbackImpossibleException("To " + change() + " is not undone. "
                        + change().whyNoInverse() + " The change set may have a rollback of its own."));
        return statements(inverse, change().creates().orElse(null), database);
    }

    /** The statements as they are shown; where they are run and not shown, pgai itself does it, under the lock. */
    private SqlStatement[] statements(VectorizerChange what, @Nullable VectorizerDefinition undone, Database database) {
        if (shouldExecuteChange(database)) {
            return new SqlStatement[] {
                new VectorizerStatement(VectorizerChange.script(List.of()).get(0)),
                new ApplyStatement(getSerializedObjectName(), what, undone, database, () -> hadNothingToDo = true)
            };
        }
        return VectorizerChange.script(List.of(what)).stream()
                .map(VectorizerStatement::new)
                .toArray(SqlStatement[]::new);
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
            Told.info("Nothing to roll back: change set " + changeSet + " was marked as run, and did nothing to"
                    + " vectorizer " + change().name());
            hasToldOfRollback = true;
        }
        return nothing;
    }

    @Override
    public final CheckSum generateCheckSum() {
        return CheckSum.compute(
                mistakes.isEmpty() ? change().canonicalText() : getSerializedObjectName() + JsonText.write(loaded));
    }

    @Override
    public final String getDescription() {
        return getSerializedObjectName() + (mistakes.isEmpty() ? " name=" + change().name() : "");
    }

    @Override
    public final String getConfirmationMessage() {
        return (hadNothingToDo ? "Nothing to do: " : "Done: ") + change();
    }

    private SerializedOptions options() {
        return mistakes.isEmpty()
                ? SerializedOptions.of(getSerializedObjectName(), change())
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
