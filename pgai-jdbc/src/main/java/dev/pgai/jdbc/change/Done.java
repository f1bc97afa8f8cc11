package dev.pgai.jdbc.change;

import dev.pgai.change.ChangedVectorizer;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.AppliedChange;
import dev.pgai.jdbc.connection.OneLine;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was done.
 *
 * @param vectorizer what it was done to, or null when there was none
 * @param warnings what the definition's check and the server warn of
 */
record Done(
        VectorizerChange change, boolean changed, @Nullable ChangedVectorizer vectorizer, List<String> warnings)
        implements AppliedChange {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pgai.jdbc");

    Done {
        warnings = warnings.stream().map(OneLine::of).toList();
    }

    @Override
    public OptionalInt id() {
        return vectorizer == null ? OptionalInt.empty() : OptionalInt.of(vectorizer.id());
    }

    static Done nothing(VectorizerChange change, @Nullable ChangedVectorizer vectorizer) {
        return nothing(change, vectorizer, List.of());
    }

    static Done nothing(VectorizerChange change, @Nullable ChangedVectorizer vectorizer, List<String> warnings) {
        return new Done(change, false, vectorizer, warnings);
    }

    /** Says in the log what was done. */
    void log() {
        warnings.forEach(warning -> LOG.warn("{}", warning));
        if (changed && vectorizer != null) {
            LOG.info("{}", OneLine.of(change.done(vectorizer)));
        }
    }

    @Override
    public String toString() {
        return change + ": " + (changed ? "done" : "nothing to do");
    }
}
