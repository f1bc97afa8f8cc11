package dev.pgai.liquibase;

import dev.pgai.InvalidArgumentException;
import dev.pgai.json.JsonObject;
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
import liquibase.precondition.AbstractPrecondition;
import liquibase.resource.ResourceAccessor;
import org.jspecify.annotations.Nullable;

/**
 * The precondition {@code vectorizerExists}: holds when there is a vectorizer of exactly this {@code name}. Where that
 * cannot be found out, because pgai is not installed or the catalog may not be read, it is an error ({@code onError}),
 * not a failure.
 */
public final class VectorizerExistsPrecondition extends AbstractPrecondition {

    private static final String OPTION = "name";

    private String vectorizer = "";
    private @Nullable String mistake;

    /** For Liquibase, which loads the name afterwards. */
    public VectorizerExistsPrecondition() {}

    @Override
    public String getName() {
        return "vectorizerExists";
    }

    @Override
    public void load(ParsedNode node, ResourceAccessor resourceAccessor) {
        try {
            JsonObject options = JsonObject.loose(NodeValues.of(node));
            vectorizer = options.text(OPTION);
            options.refuseOtherKeys();
        } catch (InvalidArgumentException e) {
            mistake = getName() + ": " + e.getMessage();
        }
    }

    @Override
    public Warnings warn(Database database) {
        return new Warnings();
    }

    @Override
    public ValidationErrors validate(Database database) {
        return mistake == null ? new ValidationErrors() : new ValidationErrors().addError(mistake);
    }

    @Override
    public void check(
            Database database,
            DatabaseChangeLog changeLog,
            @Nullable ChangeSet changeSet,
            @Nullable ChangeExecListener listener)
            throws PreconditionFailedException, PreconditionErrorException {
        boolean exists;
        try {
            exists = LookStatement.look(database, "look for vectorizer " + vectorizer, pgai -> pgai.exists(vectorizer));
        } catch (DatabaseException e) {
            throw new PreconditionErrorException(e, changeLog, this);
        }
        if (!exists) {
            throw new PreconditionFailedException("Vectorizer " + vectorizer + " does not exist", changeLog, this);
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
}
