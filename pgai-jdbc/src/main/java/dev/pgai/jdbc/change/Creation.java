package dev.pgai.jdbc.change;

import dev.pgai.change.ChangedVectorizer;
import dev.pgai.change.Expectation;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.database.SourceNotFoundException;
import dev.pgai.database.VectorizerDamagedException;
import dev.pgai.database.VectorizerDiffersException;
import dev.pgai.database.VectorizerExistsException;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.catalog.VectorizerRow;
import dev.pgai.jdbc.check.DefinitionCheck;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.jdbc.connection.SqlErrors;
import dev.pgai.jdbc.inspect.InspectedVectorizer;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.DefinitionForm;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change that creates a vectorizer. */
final class Creation {

    /** How often one may come and go between two looks before somebody is told. */
    private static final int LOOKS = 5;

    private final Database database;
    private final VectorizerChange change;
    private final VectorizerDefinition definition;
    private final CatalogNames names;

    Creation(Database database, VectorizerChange change) {
        this.database = database;
        this.change = change;
        this.definition = change.creates().orElseThrow();
        this.names = CatalogNames.of(definition);
    }

    Done run() {
        if (!change.expects().vectorizer().orDone()) {
            Locks.take(database);
            return create(checked());
        }
        for (int looks = 0; looks < LOOKS; looks++) {
            // First without the lock, because most calls find what they look for.
            Optional<Done> there = find();
            if (there.isEmpty()) {
                Locks.take(database);
                there = find();
            }
            if (there.isPresent()) {
                return there.get();
            }
            DefinitionCheck check = DefinitionCheck.run(database, definition, adopts());
            // Another one may have created it since, which is found at the next look.
            if (check.problems().stream().noneMatch(problem -> problem.code() == Problem.Code.VECTORIZER_EXISTS)) {
                check.requireNoErrors(database.operation());
                Done done = createUnlessThere(check);
                if (done.changed()) {
                    return done;
                }
            }
        }
        throw new PgaiDatabaseException(
                "Cannot " + database.operation() + ": it was there, and another transaction dropped it, " + LOOKS
                        + " times. Call again.",
                null,
                null,
                null);
    }

    List<Problem> problems() {
        if (change.expects().vectorizer().orDone()) {
            try {
                if (find().isPresent()) {
                    return List.of();
                }
            } catch (RefusedException e) {
                return e.problems();
            }
        }
        return DefinitionCheck.run(database, definition, adopts()).problems();
    }

    private boolean adopts() {
        return change.expects().state() == Expectation.State.EMBEDDINGS_KEPT;
    }

    /** One that is there, which must be whole, and the same. */
    private Optional<Done> find() {
        CatalogLook look = CatalogLook.at(database);
        // What is missing is reported with everything else, by the check.
        if (!look.installed()
                || !look.supported()
                || !look.ai().usage()
                || !look.ai().select()) {
            return Optional.empty();
        }
        return InspectedVectorizer.find(database, look, names.vectorizer()).map(this::same);
    }

    private Done same(InspectedVectorizer there) {
        requireWhole(there);
        List<DefinitionDifference> differences = there.row().differencesFrom(definition);
        if (!differences.isEmpty()) {
            throw new VectorizerDiffersException(there.row().name(), there.row().id(), differences);
        }
        return Done.nothing(
                change,
                there.row().forPeople(),
                there.damages().stream()
                        .map(damage -> subject() + ": " + damage)
                        .toList());
    }

    /** A row of a vectorizer whose objects are gone is no vectorizer. */
    private void requireWhole(InspectedVectorizer there) {
        if (!there.errors().isEmpty()) {
            throw new VectorizerDamagedException(
                    "Cannot " + database.operation(),
                    there.row().name(),
                    there.row().id(),
                    there.errors());
        }
    }

    private DefinitionCheck checked() {
        DefinitionCheck check = DefinitionCheck.run(database, definition, adopts());
        if (check.facts().present().isPresent()) {
            CatalogLook look = check.facts().catalog();
            InspectedVectorizer.find(database, look, names.vectorizer()).ifPresent(this::requireWhole);
        }
        check.requireNoErrors(database.operation());
        return check;
    }

    /** Not changed when another transaction was faster, in autocommit, where nobody waits. */
    private Done createUnlessThere(DefinitionCheck check) {
        try {
            return create(check);
        } catch (VectorizerExistsException e) {
            if (!database.isInTransaction()
                    && VectorizerRow.find(database, names.vectorizer()).isPresent()) {
                return Done.nothing(change, null);
            }
            throw e;
        }
    }

    private Done create(DefinitionCheck check) {
        List<String> warnings = new ArrayList<>();
        for (Problem problem : check.warnings()) {
            // The server warns of roles itself, when it leaves them out.
            if (problem.code() != Problem.Code.GRANTEE_MISSING) {
                warnings.add(subject() + " on " + definition.source() + ": " + problem);
            }
        }
        boolean done = true;
        int id = 0;
        try {
            for (String statement : change.sql()) {
                Database.Outcome outcome = database.run(statement, DefinitionForm.mask(definition));
                done &= outcome.done();
                id = outcome.number() == null ? id : outcome.number();
                outcome.warnings()
                        .forEach(warning -> warnings.add("The database warns about " + subject() + ": " + warning));
            }
        } catch (PgaiDatabaseException e) {
            throw known(check.facts().catalog(), e);
        }
        return new Done(
                change,
                done,
                new ChangedVectorizer(
                        id,
                        names.vectorizer(),
                        definition.source().toString(),
                        text(names.store()),
                        text(names.view()),
                        column()),
                warnings);
    }

    private String subject() {
        return "vectorizer \"" + names.vectorizer() + "\"";
    }

    private static @Nullable String text(@Nullable RelationName relation) {
        return relation == null ? null : relation.toString();
    }

    private @Nullable String column() {
        return definition.destination() instanceof Destination.Column column ? column.embeddingColumn() : null;
    }

    private PgaiDatabaseException known(CatalogLook look, PgaiDatabaseException e) {
        String state = SqlErrors.state(e);
        // With a table destination the same state means a source with a column named as one of the store's.
        if (definition.destination() instanceof Destination.Column && state.equals(SqlErrors.DUPLICATE_COLUMN)) {
            return exists(look, e);
        }
        return switch (state) {
            case SqlErrors.DUPLICATE_OBJECT, SqlErrors.DUPLICATE_TABLE, SqlErrors.UNIQUE_VIOLATION -> exists(look, e);
            case SqlErrors.UNDEFINED_TABLE -> {
                String message = SqlErrors.message(
                        "Cannot " + database.operation(),
                        "The table was there a moment ago: another transaction dropped or renamed it.",
                        e);
                yield new SourceNotFoundException(
                        definition.source(),
                        message,
                        List.of(Problem.of(
                                Problem.Code.SOURCE_MISSING,
                                "source",
                                definition.source().toString(),
                                message,
                                "")),
                        e.sql(),
                        e.sqlState(),
                        e.getCause());
            }
            case SqlErrors.INSUFFICIENT_PRIVILEGE -> look.missingRights(database.operation(), e);
            default -> e;
        };
    }

    private VectorizerExistsException exists(CatalogLook look, PgaiDatabaseException e) {
        String message = SqlErrors.message("Cannot " + database.operation(), whatIsTaken(look), e);
        return new VectorizerExistsException(
                names.vectorizer(),
                message,
                List.of(Problem.of(Problem.Code.NAME_TAKEN, "name", names.vectorizer(), message, "")),
                e.sql(),
                e.sqlState(),
                e.getCause());
    }

    /** The state alone does not tell these apart; the server's message, which comes after this one, does. */
    private String whatIsTaken(CatalogLook look) {
        StringBuilder text = new StringBuilder("One of these names is taken: vectorizer " + names.vectorizer());
        if (names.store() != null) {
            text.append(", view ").append(names.view()).append(", table ").append(names.store());
        }
        if (column() != null) {
            text.append(", column ").append(column());
        }
        RelationName queue = names.queue(0);
        text.append(", queue ")
                .append(definition.queueTable() == null ? queue.schema() + "._vectorizer_q_<id>" : queue)
                .append(". Drop or rename what has it, or choose another name, destination or queue_table;")
                .append(" createIfAbsent() accepts a vectorizer that is there.");
        if (look.keepsItsSnapshot()) {
            text.append(' ').append(look.snapshotHint());
        }
        return text.toString();
    }
}
