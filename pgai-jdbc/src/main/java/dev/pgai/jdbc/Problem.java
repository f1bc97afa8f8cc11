package dev.pgai.jdbc;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that keeps a definition from working on a database, found by {@link Pgai#check}.
 *
 * @param code what kind of problem it is, to be switched on
 * @param option the path of the option that it is about, as in the JSON form, for example {@code loading.column_name};
 *     null when it is about the database or the user
 * @param value the value that is wrong: a name, a type, a number; for {@link Code#RIGHT_MISSING} the SQL statement that
 *     gives the right; null when there is none
 * @param message what is wrong and the way out, in sentences
 */
public record Problem(
        Code code, @Nullable String option, @Nullable String value, String message) {

    /**
     * Checks that code and message are there.
     *
     * @param code as above
     * @param option as above
     * @param value as above
     * @param message as above
     */
    public Problem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
    }

    /**
     * What comes of the problem.
     *
     * @return the severity of its code
     */
    public Severity severity() {
        return code.severity();
    }

    /**
     * For people.
     *
     * @return the option, when there is one, and the message
     */
    @Override
    public String toString() {
        return option == null ? message : option + ": " + message;
    }

    /** What comes of a problem. */
    public enum Severity {
        /** The catalog refuses the definition, or takes it and its embeddings are never made or made wrong. */
        ERROR,
        /** The vectorizer can be created, and not all of it will be as the definition says. */
        WARNING
    }

    /** The kinds of problems. More may come with newer versions of this library. */
    public enum Code {
        /** The database has no pgai catalog. */
        PGAI_NOT_INSTALLED(Severity.ERROR),
        /** The catalog is from before pgai 0.10.2. */
        CATALOG_TOO_OLD(Severity.ERROR),
        /** The catalog has no function for an option that is unknown to this library, too. */
        OPTION_UNKNOWN(Severity.ERROR),
        /** The current user lacks a right. */
        RIGHT_MISSING(Severity.ERROR),
        /** There is no relation of the source's name. */
        SOURCE_MISSING(Severity.ERROR),
        /** The source is a view, a foreign table, or something else that has no key. */
        SOURCE_NOT_A_TABLE(Severity.ERROR),
        /** The source has no primary key. */
        KEY_MISSING(Severity.ERROR),
        /** A key column needs quotes in SQL, which the catalog leaves out for a table destination. */
        KEY_NEEDS_QUOTES(Severity.ERROR),
        /** A key column is of a type that the worker cannot copy into the store of a table destination. */
        KEY_TYPE(Severity.ERROR),
        /** A column of the source is named as one that the catalog or the worker adds. */
        COLUMN_RESERVED(Severity.ERROR),
        /** The column to load from does not exist. */
        LOADING_COLUMN_MISSING(Severity.ERROR),
        /** The column to load from is of a type that loading does not take. */
        LOADING_COLUMN_TYPE(Severity.ERROR),
        /** What is loaded cannot be parsed as chosen. */
        PARSING_MISMATCH(Severity.ERROR),
        /** The template names a column that does not exist. */
        TEMPLATE_COLUMN_MISSING(Severity.ERROR),
        /** A schema that is to hold store or queue does not exist. */
        SCHEMA_MISSING(Severity.ERROR),
        /** There is a vectorizer of this name. */
        VECTORIZER_EXISTS(Severity.ERROR),
        /** The name of an object that the catalog would create is taken, often by what an earlier vectorizer left. */
        NAME_TAKEN(Severity.ERROR),
        /** The column of a column destination is there, with another type or other dimensions. */
        DESTINATION_COLUMN_TYPE(Severity.ERROR),
        /** Another vectorizer writes to the column of a column destination. */
        DESTINATION_COLUMN_SHARED(Severity.WARNING),
        /** The catalog puts the view into the schema of the source, whatever {@code view_schema} says. */
        VIEW_SCHEMA_IGNORED(Severity.WARNING),
        /** An index needs a schedule. */
        INDEXING_WITHOUT_SCHEDULING(Severity.ERROR),
        /** An extension that makes the index is missing, so that there will be none. */
        INDEXING_EXTENSION_MISSING(Severity.WARNING),
        /** An extension that the schedule needs is missing. */
        SCHEDULING_EXTENSION_MISSING(Severity.ERROR),
        /**
         * A value that the catalog takes, and that pgai's worker refuses, from 0.10.2 to 0.12.1; which worker there is,
         * the database does not tell.
         */
        WORKER_LIMIT(Severity.WARNING),
        /** The catalog finds no role of this name, and leaves it out. */
        GRANTEE_MISSING(Severity.WARNING),
        /** The catalog fails on a role's name that needs quotes. */
        GRANTEE_NEEDS_QUOTES(Severity.ERROR);

        private final Severity severity;

        Code(Severity severity) {
            this.severity = severity;
        }

        /**
         * What comes of a problem of this kind.
         *
         * @return the same for each problem of the kind
         */
        public Severity severity() {
            return severity;
        }
    }
}
