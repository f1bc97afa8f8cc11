package dev.pgai.change;

import org.jspecify.annotations.Nullable;

/**
 * The vectorizer that a change was done to, in names for people.
 *
 * @param id its id in this database
 * @param name its name
 * @param source schema and name of its source
 * @param store schema and name of its store, or null for a column destination
 * @param view schema and name of its view, or null for a column destination
 * @param column the column of a column destination, or null
 */
public record ChangedVectorizer(
        int id,
        String name,
        String source,
        @Nullable String store,
        @Nullable String view,
        @Nullable String column) {

    /**
     * For messages.
     *
     * @return for example {@code vectorizer blog_content_embedder (id 1) on public.blog}
     */
    @Override
    public String toString() {
        return "vectorizer " + name + " (id " + id + ") on " + source;
    }
}
