package dev.pgai.jdbc;

import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A vectorizer as a database has it: one row of {@code ai.vectorizer}, and how far it is. Immutable. Two are equal when
 * all of it is.
 *
 * @param id the id in this database; differs between databases
 * @param name the name
 * @param definition the definition, with every option that is stored; what this version does not know is kept. A queue
 *     that has the name that the catalog gives by itself, which holds the id, is left out, so that the definition is of
 *     use in another database
 * @param config the column {@code config} as JSON text
 * @param enabled whether its schedule is on: false between {@link Pgai#disable(String)} and {@link Pgai#enable(String)}
 * @param catalogVersion the version of the catalog that created it, such as {@code 0.12.1}, or null when it is not
 *     stored
 * @param queue the table of the rows that wait, or null when it has none
 * @param failedQueue the table of the rows that failed, or null when it has none
 * @param triggerName the trigger on the source that fills the queue; that for truncation has {@code _truncate} after it
 * @param primaryKey the columns of the source's primary key, in the key's order
 * @param status how far it is
 */
public record StoredVectorizer(
        int id,
        String name,
        VectorizerDefinition definition,
        String config,
        boolean enabled,
        @Nullable String catalogVersion,
        @Nullable RelationName queue,
        @Nullable RelationName failedQueue,
        String triggerName,
        List<String> primaryKey,
        VectorizerStatus status) {

    /**
     * Copies the list.
     *
     * @param id as above
     * @param name as above
     * @param definition as above
     * @param config as above
     * @param enabled as above
     * @param catalogVersion as above
     * @param queue as above
     * @param failedQueue as above
     * @param triggerName as above
     * @param primaryKey as above
     * @param status as above
     */
    public StoredVectorizer {
        primaryKey = List.copyOf(primaryKey);
    }

    /**
     * Compares what a definition sets with this vectorizer, as {@link DefinitionDifference#between} does.
     *
     * @param wanted the definition
     * @return the differences, unmodifiable; empty when there is none
     */
    public List<DefinitionDifference> differencesFrom(VectorizerDefinition wanted) {
        return new StoredConfig(id, name, definition.source(), queue, config).differencesFrom(wanted);
    }

    /**
     * For people.
     *
     * @return for example {@code vectorizer blog_content_embedder (id 1) on public.blog, enabled, pgai 0.12.1, queue
     *     ai._vectorizer_q_1, pending 3, ...}, and the config at its end
     */
    @Override
    public String toString() {
        return "vectorizer " + name + " (id " + id + ") on " + definition.source() + ", "
                + (enabled ? "enabled" : "disabled")
                + (catalogVersion == null ? "" : ", pgai " + catalogVersion) + ", queue " + queue + ", " + status + ", "
                + config;
    }
}
