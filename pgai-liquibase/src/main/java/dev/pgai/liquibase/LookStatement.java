package dev.pgai.liquibase;

import dev.pgai.PgaiException;
import dev.pgai.change.RefreshVectorizerView;
import dev.pgai.change.RepairVectorizer;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.Damage;
import dev.pgai.database.Problem;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import liquibase.database.Database;
import liquibase.database.PreparedStatementFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import liquibase.statement.AbstractSqlStatement;
import liquibase.statement.ExecutablePreparedStatement;
import org.jspecify.annotations.Nullable;

/** Looks whether a change can work, before it is run. Changes nothing, and is no part of any script. */
final class LookStatement extends AbstractSqlStatement implements ExecutablePreparedStatement {

    private final String nameOfChange;
    private final VectorizerChange change;
    private final @Nullable VectorizerDefinition undone;
    private final Database database;
    private final Runnable nothingToDo;

    /**
     * A look.
     *
     * @param undone what the change set has created, when this is its rollback; null otherwise
     * @param nothingToDo called when the database is already as the change would make it
     */
    LookStatement(
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
        List<String> obstacles = new ArrayList<>();
        for (Problem problem : look(database, "check whether to " + change, pgai -> pgai.check(change))) {
            if (problem.severity() == Problem.Severity.WARNING) {
                Told.warning(change.name() + ": " + problem);
            } else {
                obstacles.add(sentences(problem));
            }
        }
        if (obstacles.isEmpty() && undone != null) {
            another(undone).ifPresent(obstacles::add);
        }
        if (!obstacles.isEmpty()) {
            throw new DatabaseException(nameOfChange + ": " + String.join(" ", obstacles));
        }
        if (isDone()) {
            Told.info("Nothing to do: " + change);
            nothingToDo.run();
        }
    }

    /** Whether the database is already as the change would make it. */
    private boolean isDone() throws DatabaseException {
        if (change.expects().vectorizer().orDone()) {
            return look(database, "look for vectorizer " + change.name(), pgai -> pgai.exists(change.name()))
                    == change.creates().isPresent();
        }
        boolean mends = change instanceof RepairVectorizer
                || (change instanceof RefreshVectorizerView view
                        && view.around().isEmpty());
        return mends
                && look(database, "inspect vectorizer " + change.name(), pgai -> pgai.inspect(change.name()))
                        .damages()
                        .stream()
                        .noneMatch(this::isMended);
    }

    private boolean isMended(Damage damage) {
        return switch (damage.code().mend()) {
            case REFRESH_VIEW -> true;
            case REPAIR ->
                change instanceof RepairVectorizer repair
                        && (repair.deleteOrphans() || damage.code() != Damage.Code.ORPHANED_EMBEDDINGS);
            case FORGET, BY_HAND -> false;
        };
    }

    /** A change set that was only marked as run by {@code changelogSync} has not created what has its name. */
    private Optional<String> another(VectorizerDefinition created) throws DatabaseException {
        Optional<StoredVectorizer> found =
                look(database, "read vectorizer " + change.name(), pgai -> pgai.find(change.name()));
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

    /** Asks a database, on Liquibase's own connection. */
    static <T> T look(Database database, String what, Function<Pgai, T> question) throws DatabaseException {
        if (!(database.getConnection() instanceof JdbcConnection connection)) {
            throw new DatabaseException(
                    "Cannot " + what + ": " + database.getConnection().getURL() + " is no connection to a database");
        }
        try {
            return question.apply(Pgai.on(connection.getUnderlyingConnection()));
        } catch (PgaiException e) {
            throw new DatabaseException(e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "look whether to " + change;
    }
}
