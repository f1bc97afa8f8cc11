package dev.pgai.database;

import dev.pgai.argument.Check;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Something that keeps a definition, or a change, from working on a database. Immutable, equal by value. */
public final class Problem {

    private final Code code;
    private final @Nullable String option;
    private final @Nullable String value;
    private final String message;
    private final String hint;

    private Problem(Code code, @Nullable String option, @Nullable String value, String message, String hint) {
        this.code = Check.notNull("code", code);
        this.option = option;
        this.value = value;
        this.message = Check.notNull("message", message);
        this.hint = Check.notNull("hint", hint);
    }

    /**
     * Makes a problem.
     *
     * @param code what kind of problem it is
     * @param option the path of the option that it is about, or null
     * @param value the value that is wrong, or null
     * @param message what is wrong, a sentence or more
     * @param hint what to do, a sentence or more; empty for nothing
     * @return the problem
     */
    public static Problem of(Code code, @Nullable String option, @Nullable String value, String message, String hint) {
        return new Problem(code, option, value, message, hint);
    }

    /**
     * What kind of problem it is, to be switched on.
     *
     * @return the code
     */
    public Code code() {
        return code;
    }

    /**
     * The option that it is about.
     *
     * @return the path as in the JSON form, for example {@code loading.column_name}; null when it is about the database
     *     or the user
     */
    public @Nullable String option() {
        return option;
    }

    /**
     * The value that is wrong.
     *
     * @return a name, a type, a number; for {@link Code#RIGHT_MISSING} the SQL statement that gives the right; null
     *     when there is none
     */
    public @Nullable String value() {
        return value;
    }

    /**
     * What is wrong.
     *
     * @return a sentence or more
     */
    public String message() {
        return message;
    }

    /**
     * What to do.
     *
     * @return a sentence or more; empty when there is nothing to do
     */
    public String hint() {
        return hint;
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
     * Equal when all values are.
     *
     * @param other anything
     * @return whether it is the same problem
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Problem problem
                && code == problem.code
                && Objects.equals(option, problem.option)
                && Objects.equals(value, problem.value)
                && message.equals(problem.message)
                && hint.equals(problem.hint);
    }

    /**
     * Agrees with {@link #equals(Object)}.
     *
     * @return the hash code
     */
    @Override
    public int hashCode() {
        return Objects.hash(code, option, value, message, hint);
    }

    /**
     * For people.
     *
     * @return the option, when there is one, the message and the hint
     */
    @Override
    public String toString() {
        return (option == null ? "" : option + ": ") + sentences();
    }

    String sentences() {
        return hint.isEmpty() ? message : message + " " + hint;
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
        /** An object of the catalog itself is gone. */
        CATALOG_INCOMPLETE(Severity.ERROR),
        /** The type of embeddings is not where the catalog looks for it: its extension was dropped or moved. */
        VECTOR_MISSING(Severity.ERROR),
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
        /** The sequence of the ids gives next what a vectorizer has already. */
        ID_TAKEN(Severity.ERROR),
        /** The column of a column destination is there, with another type or other dimensions. */
        DESTINATION_COLUMN_TYPE(Severity.ERROR),
        /** Another vectorizer writes to the column of a column destination. */
        DESTINATION_COLUMN_SHARED(Severity.WARNING),
        /** The source has row-level security, which a view of its creator's rights walks around. */
        ROW_SECURITY_BYPASSED(Severity.WARNING),
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
        GRANTEE_NEEDS_QUOTES(Severity.ERROR),
        /** There is no vectorizer of this name. */
        VECTORIZER_MISSING(Severity.ERROR),
        /** There is a vectorizer of this name with another definition. */
        VECTORIZER_DIFFERS(Severity.ERROR),
        /** The row of a vectorizer is not what a vectorizer can be. */
        VECTORIZER_UNREADABLE(Severity.ERROR),
        /** There is a vectorizer of this name, and its objects are not what they should be. */
        VECTORIZER_DAMAGED(Severity.ERROR),
        /** A vectorizer that is there has the source and destination of a definition of another name. */
        VECTORIZER_RENAMED(Severity.ERROR),
        /** What a plan would do is not possible on this database. */
        STEP_IMPOSSIBLE(Severity.ERROR),
        /** A role that a definition names may not use a vectorizer that is there. */
        GRANT_MISSING(Severity.WARNING),
        /** A vectorizer that is there works, and something of it is not as it should be. */
        VECTORIZER_IMPAIRED(Severity.WARNING),
        /** A vectorizer is disabled, so that its rows wait. */
        VECTORIZER_DISABLED(Severity.WARNING),
        /** The database is no longer the one that a plan was made from. */
        PLAN_OUTDATED(Severity.ERROR),
        /** Nobody has agreed to what a step does beside what it is for. */
        CONSENT_MISSING(Severity.ERROR),
        /** There are no embeddings that a vectorizer could adopt, or not those of its definition. */
        EMBEDDINGS_MISSING(Severity.ERROR),
        /** The source of a vectorizer that is to be forgotten is there. */
        SOURCE_PRESENT(Severity.ERROR),
        /** There is no replacement of the vectorizer to complete or abort. */
        REPLACEMENT_MISSING(Severity.ERROR),
        /** A replacement of the vectorizer by another definition has been started, or one is not finished. */
        REPLACEMENT_STARTED(Severity.ERROR),
        /** A second vectorizer is there to replace the embeddings of one. */
        REPLACEMENT_UNDER_WAY(Severity.WARNING),
        /** Rows that are found now are not embedded by the replacement. */
        REPLACEMENT_NOT_FILLED(Severity.ERROR),
        /** Objects that pgai did not make depend on what is to be dropped. */
        DEPENDENT_OBJECTS(Severity.ERROR),
        /** There is no table or view of the name that is searched. */
        RELATION_MISSING(Severity.ERROR),
        /** What is searched has no such column. */
        COLUMN_MISSING(Severity.ERROR),
        /** The column that is searched has no vectors. */
        EMBEDDING_COLUMN_TYPE(Severity.ERROR),
        /** An entity is not mapped as what a vectorizer has made needs it. */
        ENTITY_MISMATCH(Severity.ERROR),
        /** The database's pgvector has no such setting. */
        SETTING_UNKNOWN(Severity.ERROR),
        /** What is to be one transaction would be several, because the connection is in autocommit. */
        TRANSACTION_MISSING(Severity.ERROR),
        /** A data source hands out the connection of a transaction that is somebody else's to end. */
        TRANSACTION_OF_OTHERS(Severity.ERROR);

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
