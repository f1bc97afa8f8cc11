package dev.pgai.liquibase;

import dev.pgai.InvalidArgumentException;
import dev.pgai.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.ChangeExecListener;
import liquibase.database.Database;
import liquibase.exception.DatabaseException;
import liquibase.exception.PreconditionErrorException;
import liquibase.exception.PreconditionFailedException;
import liquibase.exception.ValidationErrors;
import liquibase.exception.Warnings;
import liquibase.parser.core.ParsedNode;
import liquibase.parser.core.ParsedNodeException;
import liquibase.precondition.AbstractPrecondition;
import liquibase.resource.ResourceAccessor;
import org.jspecify.annotations.Nullable;

/**
 * The precondition {@code vectorizerExists}: holds when there is a vectorizer of exactly this {@code name}, and it is
 * whole. One that is damaged does not exist to it, and it says what is damaged and what mends it. Where that cannot be
 * found out, because pgai is not installed or the catalog may not be read, it is an error ({@code onError}), not a
 * failure.
 */
public final class VectorizerExistsPrecondition extends AbstractPrecondition {

    private static final String OPTION = "name";

    private String vectorizer = "";

    /** For Liquibase, which loads the name afterwards. */
    public VectorizerExistsPrecondition() {}

    @Override
    public String getName() {
        return "vectorizerExists";
    }

    /**
     * Reads the name. Mistakes are refused here, because Liquibase validates no preconditions of change sets.
     *
     * @param node has the attribute {@code name}, and no other
     * @param resourceAccessor not used
     * @throws ParsedNodeException when it has not
     */
    @Override
    public void load(ParsedNode node, ResourceAccessor resourceAccessor) throws ParsedNodeException {
        Mistakes.Reading<String> reading;
        try {
            reading = Mistakes.read(NodeValues.of(node), values -> {
                JsonObject options = JsonObject.loose(values);
                String name = options.text(OPTION);
                options.refuseOtherKeys();
                return name;
            });
        } catch (InvalidArgumentException e) {
            throw new ParsedNodeException(getName() + ": " + e.getMessage());
        }
        if (reading.value() == null) {
            throw new ParsedNodeException(getName() + ": " + String.join(" ", reading.mistakes()));
        }
        vectorizer = reading.value();
    }

    @Override
    public Warnings warn(Database database) {
        return new Warnings();
    }

    @Override
    public ValidationErrors validate(Database database) {
        return new ValidationErrors();
    }

    @Override
    public void check(
            Database database,
            DatabaseChangeLog changeLog,
            @Nullable ChangeSet changeSet,
            @Nullable ChangeExecListener listener)
            throws PreconditionFailedException, PreconditionErrorException {
        boolean exists;
        Optional<String> damage;
        try {
            exists = Asked.of(database, "look for vectorizer " + vectorizer, pgai -> pgai.exists(vectorizer));
            damage = exists ? Optional.empty() : Damages.of(database, vectorizer);
        } catch (DatabaseException e) {
            throw new PreconditionErrorException(e, changeLog, this);
        }
        // Also where it stands in a "not", which goes on without a word.
        damage.ifPresent(Told::warning);
        if (!exists) {
            throw new PreconditionFailedException(
                    damage.orElse("Vectorizer " + vectorizer + " does not exist"), changeLog, this);
        }
    }

    @Override
    public Set<String> getSerializableFields() {
        return Set.of(OPTION);
    }

    @Override
    public Object getSerializableFieldValue(String field) {
        return vectorizer;
    }

    @Override
    public String getSerializedObjectNamespace() {
        return GENERIC_CHANGELOG_EXTENSION_NAMESPACE;
    }

    /**
     * For messages.
     *
     * @return for example {@code vectorizerExists name=blog}
     */
    @Override
    public String toString() {
        return getName() + " " + OPTION + "=" + vectorizer;
    }
}
