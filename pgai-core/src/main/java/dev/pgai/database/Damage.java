package dev.pgai.database;

import dev.pgai.argument.Check;
import dev.pgai.database.Problem.Severity;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where the objects of a vectorizer are not what its row in {@code ai.vectorizer} says. Immutable, equal by value. */
public final class Damage {

    private final Code code;
    private final String object;
    private final String effect;
    private final String hint;

    private Damage(Code code, String object, String effect, String hint) {
        this.code = Check.notNull("code", code);
        this.object = Check.notNull("object", object);
        this.effect = Check.notNull("effect", effect);
        this.hint = Check.notNull("hint", hint);
    }

    /**
     * Makes a damage.
     *
     * @param code what kind of damage it is
     * @param object what is damaged, such as {@code table public.blog}
     * @param effect what is wrong and what comes of it, a sentence or more
     * @param hint what mends it, a sentence or more
     * @return the damage
     */
    public static Damage of(Code code, String object, String effect, String hint) {
        return new Damage(code, object, effect, hint);
    }

    /**
     * What kind of damage it is, to be switched on.
     *
     * @return the code
     */
    public Code code() {
        return code;
    }

    /**
     * What is damaged.
     *
     * @return kind, schema and name, such as {@code table public.blog} or {@code column title of public.blog}
     */
    public String object() {
        return object;
    }

    /**
     * What is wrong, and what it does to rows and searches.
     *
     * @return a sentence or more
     */
    public String effect() {
        return effect;
    }

    /**
     * What mends it.
     *
     * @return a sentence or more
     */
    public String hint() {
        return hint;
    }

    /**
     * Whether the vectorizer works all the same.
     *
     * @return {@link Severity#WARNING} when rows are embedded and found in spite of it
     */
    public Severity severity() {
        return code.severity();
    }

    /**
     * Whether a repair makes the view again, or more columns in it.
     *
     * @param damages all damages of a vectorizer
     * @return true when the view is missing or stale, or goes with the store
     */
    public static boolean isViewMade(Collection<Damage> damages) {
        return Check.each("damages", damages, Check::notNull).stream()
                .anyMatch(damage -> damage.code == Code.VIEW_MISSING
                        || damage.code == Code.VIEW_STALE
                        || damage.code == Code.STORE_MISSING);
    }

    /**
     * Whether another definition mends it, which reads the source otherwise.
     *
     * @return true when a column of the source is missing, or of the wrong type
     */
    public boolean isOfDefinition() {
        return code == Code.COLUMN_MISSING || code == Code.COLUMN_TYPE;
    }

    /**
     * Equal when all values are.
     *
     * @param other anything
     * @return whether it is the same damage
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Damage damage
                && code == damage.code
                && object.equals(damage.object)
                && effect.equals(damage.effect)
                && hint.equals(damage.hint);
    }

    /**
     * Agrees with {@link #equals(Object)}.
     *
     * @return the hash code
     */
    @Override
    public int hashCode() {
        return Objects.hash(code, object, effect, hint);
    }

    /**
     * For people.
     *
     * @return for example {@code TRIGGER_MISSING, table public.blog: It has no trigger that fills the queue. ...}
     */
    @Override
    public String toString() {
        return code + ", " + object + ": " + effect + (hint.isEmpty() ? "" : " " + hint);
    }

    /** What mends a kind of damage. */
    public enum Mend {
        /** {@link dev.pgai.change.VectorizerChange#repair}. */
        REPAIR,
        /** {@link dev.pgai.change.VectorizerChange#refreshView}; a repair does it, too. */
        REFRESH_VIEW,
        /** {@link dev.pgai.change.VectorizerChange#forget}, or the source is made again, and then a repair. */
        FORGET,
        /** A person, who knows what was meant: the hint says what to do. */
        BY_HAND
    }

    /** The kinds of damage. More may come with newer versions of this library. */
    public enum Code {
        /** There is no table of the source's name, and none that has its trigger. */
        SOURCE_MISSING(Severity.ERROR, Mend.FORGET),
        /** The table that has the trigger is called otherwise by now. */
        SOURCE_RENAMED(Severity.ERROR, Mend.REPAIR),
        /** There is a table of the source's name that was made after the vectorizer, without a trigger. */
        SOURCE_RECREATED(Severity.ERROR, Mend.REPAIR),
        /** A column of the source's primary key is called otherwise by now. */
        KEY_RENAMED(Severity.ERROR, Mend.REPAIR),
        /** The source has another primary key than the vectorizer was made for, or none. */
        KEY_CHANGED(Severity.ERROR, Mend.BY_HAND),
        /** A column of the source that loading or the template name is gone. */
        COLUMN_MISSING(Severity.ERROR, Mend.BY_HAND),
        /** A column of the source is of a type that the worker cannot take. */
        COLUMN_TYPE(Severity.ERROR, Mend.BY_HAND),
        /** A column of the source is called as one that the worker's own query or a queue has. */
        COLUMN_RESERVED(Severity.ERROR, Mend.BY_HAND),
        /** A trigger on the source is missing. */
        TRIGGER_MISSING(Severity.ERROR, Mend.REPAIR),
        /** A trigger on the source is off, or fires for replication only. */
        TRIGGER_DISABLED(Severity.ERROR, Mend.REPAIR),
        /** A trigger on the source does something else than to fill this queue. */
        TRIGGER_CALLS_OTHER(Severity.ERROR, Mend.REPAIR),
        /** A subscription writes to the source, and the trigger does not fire for it. */
        TRIGGER_NOT_FOR_REPLICATION(Severity.WARNING, Mend.BY_HAND),
        /** The queue is missing. */
        QUEUE_MISSING(Severity.ERROR, Mend.REPAIR),
        /** The queue has not the columns of a queue for this key. */
        QUEUE_DIFFERS(Severity.ERROR, Mend.BY_HAND),
        /** The queue of failed rows is missing. */
        FAILED_QUEUE_MISSING(Severity.ERROR, Mend.REPAIR),
        /** The queue of failed rows has not the columns of one for this key. */
        FAILED_QUEUE_DIFFERS(Severity.ERROR, Mend.BY_HAND),
        /** The store is missing. */
        STORE_MISSING(Severity.ERROR, Mend.REPAIR),
        /** The table that the view reads embeddings from is called otherwise by now. */
        STORE_RENAMED(Severity.ERROR, Mend.REPAIR),
        /** The store has not the columns, the dimensions or the keys of a store of this vectorizer. */
        STORE_DIFFERS(Severity.ERROR, Mend.BY_HAND),
        /** The view is missing. */
        VIEW_MISSING(Severity.ERROR, Mend.REPAIR),
        /** There is something of the view's name that is no view of the store. */
        VIEW_DIFFERS(Severity.ERROR, Mend.BY_HAND),
        /** The view lacks columns that the source has by now, or reads another table than source or store. */
        VIEW_STALE(Severity.WARNING, Mend.REFRESH_VIEW),
        /** A column of the source is called as one of the store's, so that the view cannot be made again. */
        VIEW_COLUMN_TAKEN(Severity.WARNING, Mend.BY_HAND),
        /** The schema of queues, store or view is missing. */
        SCHEMA_MISSING(Severity.ERROR, Mend.BY_HAND),
        /** The column of a column destination is missing. */
        EMBEDDING_COLUMN_MISSING(Severity.ERROR, Mend.REPAIR),
        /** The column of a column destination is of another type, or of other dimensions. */
        EMBEDDING_COLUMN_DIFFERS(Severity.ERROR, Mend.BY_HAND),
        /** The store has embeddings of rows that are gone. Looked for by {@code Pgai.inspect} only. */
        ORPHANED_EMBEDDINGS(Severity.WARNING, Mend.REPAIR),
        /** A role that may use one part of the vectorizer may not use another. */
        GRANT_MISSING(Severity.WARNING, Mend.BY_HAND),
        /** The type {@code vector} is missing. */
        VECTOR_MISSING(Severity.ERROR, Mend.BY_HAND),
        /** The function {@code ai.vectorizer_embed} is missing. */
        EMBED_FUNCTION_MISSING(Severity.WARNING, Mend.BY_HAND),
        /** Another function of the catalog is missing, which workers or this library call. */
        CATALOG_INCOMPLETE(Severity.ERROR, Mend.BY_HAND),
        /** The row is not what a vectorizer can be, or not one that this version of the library can read. */
        ROW_UNREADABLE(Severity.ERROR, Mend.BY_HAND);

        private final Severity severity;
        private final Mend mend;

        Code(Severity severity, Mend mend) {
            this.severity = severity;
            this.mend = mend;
        }

        /**
         * Whether a vectorizer with this damage works.
         *
         * @return {@link Severity#WARNING} when rows are embedded and found in spite of it
         */
        public Severity severity() {
            return severity;
        }

        /**
         * What mends it.
         *
         * @return the same for each damage of the kind
         */
        public Mend mend() {
            return mend;
        }
    }
}
