package dev.pgai.jdbc.check;

import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.catalog.Column;
import dev.pgai.vectorizer.RelationName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a database holds that matters for one definition.
 *
 * @param source the relation that the definition names, or null when it is missing
 * @param target the schema of the store, or null when it is missing or there is to be no store
 * @param queue the schema of the queue, or null when it is missing
 * @param taken what has the names of objects that are to be created
 * @param vectorizers the vectorizers of the definition's name, or of its embedding column
 * @param roles the roles that are to be granted something, those of the database's setting included
 * @param unknownFunctions those of the functions asked for that the catalog does not have
 * @param store what has the name of the store, or null
 * @param extensions those of {@code ai}, {@code timescaledb} and {@code vectorscale} that are installed
 * @param indexingDefault the setting for what default indexing means, or null
 * @param schedulingDefault the setting for what default scheduling means, or null
 * @param serverVersion such as 170012
 */
public record DefinitionFacts(
        CatalogLook catalog,
        @Nullable Source source,
        @Nullable Store store,
        @Nullable SchemaRights target,
        @Nullable SchemaRights queue,
        List<Taken> taken,
        List<Vectorizer> vectorizers,
        List<Role> roles,
        List<String> unknownFunctions,
        Set<String> extensions,
        @Nullable String indexingDefault,
        @Nullable String schedulingDefault,
        int serverVersion) {

    /** Rights on a schema. */
    public record SchemaRights(boolean usage, boolean create) {}

    /**
     * A relation, and rights on it.
     *
     * @param kind PostgreSQL's {@code relkind}
     * @param mayActAsOwner whether the user owns it, is a member of the role that does, or is a superuser
     * @param rowSecurity whether policies hide rows of it
     * @param columns in the order of the table
     * @param key the columns of the primary key
     */
    public record Source(
            char kind,
            boolean mayActAsOwner,
            boolean rowSecurity,
            SchemaRights schema,
            List<Column> columns,
            List<Column> key) {

        Optional<Column> column(String name) {
            return Column.find(columns, name);
        }
    }

    /**
     * What has the name of the store.
     *
     * @param kind PostgreSQL's {@code relkind}
     * @param keys the columns of its unique keys
     * @param mayActAsOwner whether the current user is its owner, or inherits from it
     * @param shown whether what has the name of the view is one that reads it
     */
    public record Store(
            char kind, List<Column> columns, List<List<String>> keys, boolean mayActAsOwner, boolean shown) {}

    /**
     * What has the name of an object that is to be created.
     *
     * @param role what is to be created
     * @param kind what is there: PostgreSQL's {@code relkind}, or {@code type}, {@code function}, {@code trigger}
     */
    public record Taken(Wanted role, String kind, RelationName name) {}

    /** What the catalog creates, and refuses to create when the name is taken; in the order of the query. */
    public enum Wanted {
        VIEW,
        STORE,
        QUEUE,
        FAILED_QUEUE,
        TRIGGER
    }

    /**
     * A vectorizer that is there.
     *
     * @param sameName whether it has the definition's name
     * @param sameColumn whether it writes to the definition's embedding column
     * @param sameId whether it has the id that the next vectorizer gets
     * @param owns what would be created, and is this one's
     */
    public record Vectorizer(
            int id, String name, boolean sameName, boolean sameColumn, boolean sameId, Set<Wanted> owns) {

        @Override
        public String toString() {
            return "vectorizer " + name + " (id " + id + ")";
        }
    }

    /**
     * A role that is to be granted something.
     *
     * @param exists whether there is one of exactly this name
     * @param existsInLowerCase whether there is one of this name with A to Z in lower case
     */
    public record Role(String name, boolean exists, boolean existsInLowerCase) {}

    /** The vectorizer of the definition's name, if there is one and the user may read it. */
    public Optional<Vectorizer> present() {
        return vectorizers.stream().filter(Vectorizer::sameName).findFirst();
    }
}
