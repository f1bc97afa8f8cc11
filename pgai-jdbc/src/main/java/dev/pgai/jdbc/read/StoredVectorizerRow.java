package dev.pgai.jdbc.read;

import dev.pgai.InvalidArgumentException;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.database.VectorizerStatus;
import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A vectorizer that was read.
 *
 * @param readDefinition null when the row is not what a definition can be
 * @param refusal why it is not, or null
 */
record StoredVectorizerRow(
        VectorizerRow row,
        @Nullable VectorizerDefinition readDefinition,
        @Nullable InvalidArgumentException refusal,
        boolean enabled,
        @Nullable String catalogVersion,
        String triggerName,
        List<String> primaryKey,
        VectorizerStatus status)
        implements StoredVectorizer {

    static StoredVectorizerRow of(
            VectorizerRow row,
            boolean enabled,
            @Nullable String catalogVersion,
            String triggerName,
            List<String> primaryKey,
            VectorizerStatus status) {
        VectorizerDefinition definition = null;
        InvalidArgumentException refusal = null;
        try {
            definition = row.definition();
        } catch (InvalidArgumentException e) {
            refusal = e;
        }
        return new StoredVectorizerRow(
                row, definition, refusal, enabled, catalogVersion, triggerName, primaryKey, status);
    }

    @Override
    public int id() {
        return row.id();
    }

    @Override
    public String name() {
        return row.name();
    }

    @Override
    public String config() {
        return row.config();
    }

    @Override
    public @Nullable RelationName queue() {
        return row.queue();
    }

    @Override
    public @Nullable RelationName failedQueue() {
        return row.failedQueue();
    }

    @Override
    public Optional<String> unreadable() {
        return Optional.ofNullable(refusal).map(InvalidArgumentException::getMessage);
    }

    @Override
    public VectorizerDefinition definition() {
        if (readDefinition == null) {
            throw refused(Objects.requireNonNull(refusal));
        }
        return readDefinition;
    }

    @Override
    public List<DefinitionDifference> differencesFrom(VectorizerDefinition wanted) {
        try {
            return row.differencesFrom(wanted);
        } catch (InvalidArgumentException e) {
            throw refused(e);
        }
    }

    private RefusedException refused(InvalidArgumentException e) {
        return new RefusedException(
                "Cannot read the definition of " + row.forPeople(),
                List.of(Problem.of(
                        Problem.Code.VECTORIZER_UNREADABLE,
                        e.argument(),
                        null,
                        "Its row in ai.vectorizer is not what a vectorizer can be: " + e.getMessage(),
                        "It can be dropped.")));
    }

    @Override
    public String toString() {
        return row.forPeople() + ", " + (enabled ? "enabled" : "disabled")
                + (catalogVersion == null ? "" : ", pgai " + catalogVersion) + ", queue " + row.queue() + ", " + status
                + ", "
                + (readDefinition == null ? "not readable: " + unreadable().orElse("") : readDefinition);
    }
}
