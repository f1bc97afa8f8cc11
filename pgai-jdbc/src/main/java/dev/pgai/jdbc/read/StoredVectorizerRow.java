package dev.pgai.jdbc.read;

import dev.pgai.InvalidArgumentException;
import dev.pgai.database.Damage;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.database.VectorizerStatus;
import dev.pgai.jdbc.catalog.VectorizerRow;
import dev.pgai.jdbc.inspect.InspectedVectorizer;
import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A vectorizer that was read. */
record StoredVectorizerRow(InspectedVectorizer inspected, boolean enabled, VectorizerStatus status)
        implements StoredVectorizer {

    private VectorizerRow row() {
        return inspected.row();
    }

    @Override
    public int id() {
        return row().id();
    }

    @Override
    public String name() {
        return row().name();
    }

    @Override
    public String config() {
        return row().config();
    }

    @Override
    public @Nullable RelationName queue() {
        return row().queue();
    }

    @Override
    public @Nullable RelationName failedQueue() {
        return row().failedQueue();
    }

    @Override
    public @Nullable String catalogVersion() {
        return row().catalogVersion();
    }

    @Override
    public String triggerName() {
        return row().triggerName();
    }

    @Override
    public List<String> primaryKey() {
        return row().key().stream().map(VectorizerRow.KeyColumn::name).toList();
    }

    @Override
    public List<Damage> damages() {
        return inspected.damages();
    }

    @Override
    public Optional<String> unreadable() {
        return Optional.ofNullable(inspected.refusal()).map(InvalidArgumentException::getMessage);
    }

    @Override
    public VectorizerDefinition definition() {
        if (inspected.definition() == null) {
            throw refused(Objects.requireNonNull(inspected.refusal()));
        }
        return inspected.definition();
    }

    @Override
    public List<DefinitionDifference> differencesFrom(VectorizerDefinition wanted) {
        try {
            return row().differencesFrom(wanted);
        } catch (InvalidArgumentException e) {
            throw refused(e);
        }
    }

    private RefusedException refused(InvalidArgumentException e) {
        return new RefusedException(
                "Cannot read the definition of " + row().forPeople(),
                List.of(Problem.of(
                        Problem.Code.VECTORIZER_UNREADABLE,
                        e.argument(),
                        null,
                        "Its row in ai.vectorizer is not what a vectorizer can be: " + e.getMessage(),
                        "It can be dropped.")));
    }

    /** Whoever looks closely sees more damage, and the same vectorizer. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredVectorizerRow that
                && row().equals(that.row())
                && enabled == that.enabled
                && status.equals(that.status);
    }

    @Override
    public int hashCode() {
        return row().hashCode();
    }

    @Override
    public String toString() {
        return row().forPeople() + ", " + (enabled ? "enabled" : "disabled")
                + (catalogVersion() == null ? "" : ", pgai " + catalogVersion()) + ", queue " + row().queue() + ", "
                + status
                + (damages().isEmpty() ? "" : ", damaged: " + damages()) + ", "
                + (inspected.definition() == null
                        ? "not readable: " + unreadable().orElse("")
                        : inspected.definition());
    }
}
