package dev.pgai.database;

import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A vectorizer as a database holds it: one row of {@code ai.vectorizer}, and how far it is. */
public interface StoredVectorizer {

    /**
     * The id in this database.
     *
     * @return differs between databases
     */
    int id();

    /**
     * The name.
     *
     * @return unique in a database
     */
    String name();

    /**
     * Whether somebody wrote into its row what no vectorizer can be. Such a one is there, and can be dropped.
     *
     * @return why {@link #definition} cannot be given; empty when it can
     */
    Optional<String> unreadable();

    /**
     * What it was created from, as the catalog stores it: every option is set. Without the name of a queue that the
     * catalog gave, because it holds the id.
     *
     * @return the definition
     * @throws RefusedException when it is {@link #unreadable}
     */
    VectorizerDefinition definition();

    /**
     * The column {@code config} of {@code ai.vectorizer}.
     *
     * @return JSON text; it may hold what was written into it as a secret
     */
    String config();

    /**
     * Whether its schedule is on.
     *
     * @return false between {@code Pgai.disable} and {@code Pgai.enable}
     */
    boolean enabled();

    /**
     * The version of the catalog that created it.
     *
     * @return such as {@code 0.12.1}, or null when it is not stored
     */
    @Nullable
    String catalogVersion();

    /**
     * The table of the rows that wait.
     *
     * @return the queue, or null when it has none
     */
    @Nullable
    RelationName queue();

    /**
     * The table of the rows that failed.
     *
     * @return the failed queue, or null when it has none
     */
    @Nullable
    RelationName failedQueue();

    /**
     * The trigger on the source that fills the queue; that for truncation has {@code _truncate} after it.
     *
     * @return its name
     */
    String triggerName();

    /**
     * The columns of the source's primary key, in the key's order.
     *
     * @return an unmodifiable list
     */
    List<String> primaryKey();

    /**
     * Where its objects are not what its row says: from {@code Pgai.find} all but embeddings whose row is gone; from
     * {@code Pgai.list} what is missing and which triggers do not fire.
     *
     * @return an unmodifiable list, errors first; empty when nothing is damaged
     */
    List<Damage> damages();

    /**
     * Whether its objects are there, so that rows are embedded and found.
     *
     * @return true when no damage is an {@linkplain Problem.Severity#ERROR error}
     */
    default boolean isWhole() {
        return damages().stream().noneMatch(damage -> damage.severity() == Problem.Severity.ERROR);
    }

    /**
     * How far it is.
     *
     * @return the status
     */
    VectorizerStatus status();

    /**
     * Compares what a definition sets with this vectorizer, as {@link DefinitionDifference#between} does.
     *
     * @param wanted the definition
     * @return the differences, unmodifiable; empty when there is none
     * @throws RefusedException when it is {@link #unreadable}
     */
    List<DefinitionDifference> differencesFrom(VectorizerDefinition wanted);
}
