package dev.pgai.liquibase;

import dev.pgai.PgaiException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.AppliedChange;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import liquibase.database.Database;
import liquibase.database.PreparedStatementFactory;
import liquibase.exception.DatabaseException;
import liquibase.statement.AbstractSqlStatement;
import liquibase.statement.ExecutablePreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * Does a change by {@link Pgai#apply}, which runs what a script shows, after a look at the database. Liquibase's own
 * way to run a statement would show all of it when it fails, with what may be secret in it, and lose what the server
 * warns of.
 */
final class ApplyStatement extends AbstractSqlStatement implements ExecutablePreparedStatement {

    private final String nameOfChange;
    private final VectorizerChange change;
    private final @Nullable VectorizerDefinition undone;
    private final Database database;
    private final Runnable nothingToDo;

    /**
     * Does a change.
     *
     * @param undone what the change set has created, when this is its rollback; null otherwise
     * @param nothingToDo called when the database was already as the change would make it
     */
    ApplyStatement(
            String nameOfChange,
            VectorizerChange change,
            @Nullable VectorizerDefinition undone,
            Database database,
            Runnable nothingToDo) {
        this.nameOfChange = nameOfChange;
        this.change = change;
        this.undone = undone;
        this.database = database;
        this.nothingToDo = nothingToDo;
    }

    @Override
    public void execute(PreparedStatementFactory factory) throws DatabaseException {
        Pgai pgai = Asked.pgai(database, change.toString());
        if (undone != null) {
            Optional<String> another = another(undone);
            if (another.isPresent()) {
                throw new DatabaseException(nameOfChange + ": " + another.get());
            }
        }
        AppliedChange applied;
        try {
            applied = pgai.apply(change);
        } catch (PgaiException e) {
            throw Asked.told(nameOfChange + ": " + sentences(e), e);
        }
        applied.warnings().forEach(warning -> Told.warning(Damages.inTermsOfChangelogs(warning, change.name())));
        if (!applied.changed()) {
            Told.info("Nothing to do: " + change);
            nothingToDo.run();
        }
    }

    /** A change set that was only marked as run by {@code changelogSync} has not created what has its name. */
    private Optional<String> another(VectorizerDefinition created) throws DatabaseException {
        Optional<StoredVectorizer> found =
                Asked.of(database, "read vectorizer " + change.name(), pgai -> pgai.find(change.name()));
        return found.flatMap(there -> whyAnother(created, there))
                .map(why -> "Vectorizer " + change.name() + " " + why + ", and the change set creates one on "
                        + created.source() + " with its embeddings in " + place(created)
                        + ". Nothing was dropped. Where it is to go, drop it by dropVectorizer.");
    }

    private static Optional<String> whyAnother(VectorizerDefinition created, StoredVectorizer there) {
        if (there.unreadable().isPresent()) {
            return Optional.of("cannot be compared with that of this change set: "
                    + there.unreadable().get());
        }
        VectorizerDefinition definition = there.definition();
        return isAt(created, definition)
                ? Optional.empty()
                : Optional.of("is not the one of this change set: it is on " + definition.source()
                        + " with its embeddings in " + place(definition));
    }

    private static boolean isAt(VectorizerDefinition one, VectorizerDefinition other) {
        return one.source().equals(other.source()) && place(one).equals(place(other));
    }

    private static String place(VectorizerDefinition definition) {
        return definition.destination() instanceof Destination.Column column
                ? "column " + column.embeddingColumn()
                : Objects.toString(CatalogNames.of(definition).store(), "another place");
    }

    /** All problems that were seen before; once the server was asked, its own message. */
    private String sentences(PgaiException e) throws DatabaseException {
        if (!(e instanceof RefusedException refused) || e.getCause() != null) {
            return Damages.inTermsOfChangelogs(String.valueOf(e.getMessage()), change.name());
        }
        List<String> sentences = new ArrayList<>();
        for (Problem problem : refused.problems()) {
            if (problem.severity() == Problem.Severity.ERROR) {
                sentences.add(sentences(problem));
            }
        }
        return String.join(" ", sentences);
    }

    /** With the hints that a changelog can follow. */
    private String sentences(Problem problem) throws DatabaseException {
        return switch (problem.code()) {
            case VECTORIZER_EXISTS -> {
                Optional<String> damage = Damages.of(database, change.name());
                yield damage.isPresent()
                        ? damage.get()
                        : problem.message()
                                + " Choose another name, or let the change set be skipped, and not be rolled back, by "
                                + precondition("<not>%s</not>") + ".";
            }
            case VECTORIZER_MISSING ->
                problem.message() + " Correct the name, or let the change set be skipped by " + precondition("%s")
                        + ".";
            default -> Damages.inTermsOfChangelogs(problem.toString(), change.name());
        };
    }

    private String precondition(String condition) {
        return "<preConditions onFail=\"MARK_RAN\">"
                + condition.formatted("<ext:vectorizerExists name=\"" + change.name() + "\"/>") + "</preConditions>";
    }

    @Override
    public String toString() {
        return change.toString();
    }
}
