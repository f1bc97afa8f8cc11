package dev.pgai.liquibase;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.json.JsonObject;
import dev.pgai.plan.Consent;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.VectorizerPlan;
import dev.pgai.vectorizer.Embeddings;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import liquibase.changelog.ChangeSet;
import liquibase.database.Database;
import liquibase.database.OfflineConnection;
import liquibase.exception.DatabaseException;
import liquibase.exception.RollbackImpossibleException;
import liquibase.exception.UnexpectedLiquibaseException;
import liquibase.resource.ResourceAccessor;
import liquibase.statement.SqlStatement;
import liquibase.statement.core.CommentStatement;
import org.jspecify.annotations.Nullable;

/**
 * The change {@code applyVectorizers}: makes the vectorizers of a database what a file declares, by a
 * {@link VectorizerPlan} that is made when it runs. It creates, alters in place, repairs and adopts; what does more
 * than it is for, such as embedding rows again, is refused with the plan, unless somebody has agreed to it. Its
 * options:
 *
 * <ul>
 *   <li>{@code file}: what {@link DesiredState#read} takes, required. Liquibase replaces nothing in it
 *   <li>{@code relativeToChangelogFile}: {@code true} looks for it beside the changelog; false by default
 *   <li>{@code consents}: a list of {@link Consent}s, such as {@code blog:REEMBEDS_ROWS}; none by default
 * </ul>
 *
 * <p>Its checksum is that of what the file declares, so that a change set with {@code runOnChange} runs again when that
 * is edited. It has no rollback but one that the change set gives, such as this change with the file of before.
 */
@DatabaseChange(
        name = "applyVectorizers",
        description = "Makes the pgai vectorizers of a database what a file declares",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class ApplyVectorizersChange extends OptionsChange<ApplyVectorizersChange.Options> {

    /** Nobody is to run it, and to believe that all was done. */
    private static final String NOT_KNOWN = "do 'begin raise feature_not_supported using message = ''applyVectorizers"
            + " plans when it runs: this script cannot do it'', hint = ''Run Liquibase on the database.''; end'";

    private @Nullable DesiredState declared;
    private boolean hadNothingToDo;

    /** For Liquibase, which loads the options afterwards. */
    public ApplyVectorizersChange() {
        super(null);
    }

    /** As they were read. */
    record Options(DefinitionsResource resource, List<Consent> consents) {}

    @Override
    Options read(JsonObject options) {
        String file = options.text("file");
        boolean isRelative = Boolean.TRUE.equals(options.optional("relativeToChangelogFile", options::bool));
        List<String> consents = options.optional("consents", options::texts);
        Options read = new Options(
                new DefinitionsResource(file, isRelative),
                consents == null
                        ? List.of()
                        : consents.stream().map(ApplyVectorizersChange::consent).toList());
        options.refuseOtherKeys();
        return read;
    }

    private static Consent consent(String text) {
        try {
            return Consent.parse(text);
        } catch (InvalidArgumentException e) {
            throw e.at("consents");
        }
    }

    @Override
    SerializedOptions serialized(String name, Options options) {
        return SerializedOptions.of(
                name,
                options.resource()
                        .toMap(options.consents().stream()
                                .map(Consent::toString)
                                .toList()));
    }

    @Override
    List<String> mistakesBeside(ResourceAccessor files, ChangeSet changeSet) {
        try {
            DesiredState unused = declared();
            return List.of();
        } catch (PgaiException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    String described(Options options) {
        return "file=" + options.resource().file();
    }

    /**
     * What the file declares.
     *
     * @throws PgaiException when it cannot be read
     */
    DesiredState declared() {
        DesiredState known = declared;
        if (known == null) {
            known = value().resource().read(Objects.requireNonNull(files(), "no options were loaded"), getChangeSet());
            declared = known;
        }
        return known;
    }

    /** What it may do is no part of it: a consent that was needed once may go. */
    @Override
    String canonicalText(Options options) {
        DesiredState desired;
        try {
            desired = declared();
        } catch (PgaiException e) {
            // Not another checksum, which would tell of an edited change set.
            throw new UnexpectedLiquibaseException(getSerializedObjectName() + ": " + e.getMessage());
        }
        return Stream.<VectorizerChange>concat(
                        desired.definitions().stream().map(VectorizerChange::createIfAbsent),
                        desired.removed().stream().map(name -> VectorizerChange.dropIfExists(name, Embeddings.DROP)))
                .map(VectorizerChange::canonicalText)
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    @Override
    boolean isUndone() {
        return false;
    }

    @Override
    SqlStatement[] rollbackStatements(Database database) throws RollbackImpossibleException {
        throw new RollbackImpossibleException(
                "To apply " + value().resource() + " is not undone: what was there before is not known. The change set"
                        + " may have a rollback of its own, such as applyVectorizers with the file of before.");
    }

    @Override
    SqlStatement[] statements(Database database) {
        if (shouldExecuteChange(database)) {
            return new SqlStatement[] {
                VectorizerStatement.lock(),
                new ApplyPlanStatement(
                        getSerializedObjectName() + ": " + value().resource(),
                        declared(),
                        value().consents(),
                        database,
                        () -> hadNothingToDo = true)
            };
        }
        return shown(database);
    }

    /** What it would do, when that is known: a plan needs a database, and all that is done before it. */
    private SqlStatement[] shown(Database database) {
        if (database.getConnection() == null || database.getConnection() instanceof OfflineConnection) {
            return notKnown("What it does is planned when it runs, on a database.");
        }
        try {
            VectorizerPlan plan = Asked.of(database, "plan", pgai -> pgai.plan(declared()));
            if (!plan.errors().isEmpty() || !plan.missing(value().consents()).isEmpty()) {
                return notKnown("On this database as it is now it would be refused:\n" + plan);
            }
            return Stream.concat(
                            comments("On this database as it is now:\n" + plan),
                            Stream.of(VectorizerStatement.all(plan.steps().stream()
                                    .flatMap(step -> step.changes().stream())
                                    .toList())))
                    .toArray(SqlStatement[]::new);
        } catch (DatabaseException e) {
            return notKnown("What it does is planned when it runs. Now it cannot be told: " + e.getMessage());
        }
    }

    private SqlStatement[] notKnown(String why) {
        return Stream.concat(comments(why), Stream.of(new VectorizerStatement(NOT_KNOWN)))
                .toArray(SqlStatement[]::new);
    }

    private Stream<SqlStatement> comments(String lines) {
        return (getSerializedObjectName() + ": " + value().resource() + ". " + lines)
                .lines()
                .map(CommentStatement::new);
    }

    @Override
    public String getConfirmationMessage() {
        return (hadNothingToDo ? "Nothing to do: " : "Done: ") + getDescription();
    }
}
