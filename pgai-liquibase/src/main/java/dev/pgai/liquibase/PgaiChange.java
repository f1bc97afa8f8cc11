package dev.pgai.liquibase;

import dev.pgai.change.AlterVectorizer;
import dev.pgai.change.ChangeForm;
import dev.pgai.change.DropVectorizer;
import dev.pgai.change.VectorizerChange;
import dev.pgai.json.JsonObject;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import liquibase.changelog.ChangeSet;
import liquibase.database.Database;
import liquibase.exception.RollbackImpossibleException;
import liquibase.resource.ResourceAccessor;
import liquibase.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * A change of Liquibase's that is a {@link VectorizerChange}: its options are the keys of the JSON form, its SQL, its
 * rollback and its checksum are the change's own.
 */
abstract class PgaiChange extends OptionsChange<VectorizerChange> {

    private final String action;
    private boolean hadNothingToDo;

    /**
     * One that is loaded, or made from a change.
     *
     * @param action what the JSON form calls it
     */
    PgaiChange(String action, @Nullable VectorizerChange change) {
        super(change);
        this.action = action;
    }

    /** For what an action allows, and Liquibase cannot work with. */
    void check(VectorizerChange change) {}

    /**
     * What is done.
     *
     * @return the change
     * @throws liquibase.exception.UnexpectedLiquibaseException when the options that were loaded are none
     */
    public final VectorizerChange change() {
        return value();
    }

    @Override
    final VectorizerChange read(JsonObject options) {
        VectorizerChange read = ChangeForm.read(action, options);
        check(read);
        return read;
    }

    @Override
    final SerializedOptions serialized(String name, VectorizerChange change) {
        return SerializedOptions.of(name, change);
    }

    @Override
    final List<String> mistakesBeside(ResourceAccessor files, ChangeSet changeSet) {
        return TemplateParameters.mistakes(changeSet, files, templates());
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
    final String described(VectorizerChange change) {
        return "name=" + change.name();
    }

    @Override
    final String canonicalText(VectorizerChange change) {
        return change.canonicalText();
    }

    @Override
    final boolean isUndone() {
        return change().inverse().isPresent();
    }

    @Override
    final SqlStatement[] statements(Database database) {
        return statements(change(), null, database);
    }

    @Override
    final SqlStatement[] rollbackStatements(Database database) throws RollbackImpossibleException {
        VectorizerChange inverse = change().inverse()
                .orElseThrow(() -> new RollbackImpossibleException("To " + change() + " is not undone. "
                        + change().whyNoInverse() + " The change set may have a rollback of its own."));
        return statements(inverse, change().creates().orElse(null), database);
    }

    /** The statements as they are shown; where they are run and not shown, pgai itself does it, under the lock. */
    private SqlStatement[] statements(VectorizerChange what, @Nullable VectorizerDefinition undone, Database database) {
        if (shouldExecuteChange(database)) {
            return new SqlStatement[] {
                VectorizerStatement.lock(),
                new ApplyStatement(getSerializedObjectName(), what, undone, database, () -> hadNothingToDo = true)
            };
        }
        return VectorizerStatement.all(List.of(what));
    }

    @Override
    public final String getConfirmationMessage() {
        return (hadNothingToDo ? "Nothing to do: " : "Done: ") + change();
    }
}
