package dev.pgai.sql;

/**
 * Blocks of PL/pgSQL, each a statement on one line. They take the lock that all changes of vectorizers take, and put
 * role, search path and row security back as they were.
 */
final class Block {

    /**
     * The key of the advisory lock that changes hold until the end of their transaction: the bytes of {@code pgaivect}.
     */
    static final long LOCK = 0x7067_6169_7665_6374L;

    /** The setting that is {@code on} in scripts of tools which take any message for a failure. */
    static final String QUIET = "pgai.quiet";

    static final String TAKE_LOCK = "pg_catalog.pg_advisory_xact_lock(" + LOCK + ")";

    /** For what is read of the vectorizer. Only this is parsed with the search path of the caller. */
    private static final String DECLARE = """
            declare
            path pg_catalog.text := pg_catalog.current_setting('search_path');
            role pg_catalog.text := pg_catalog.current_setting('role');
            security pg_catalog.text := pg_catalog.current_setting('row_security');
            v ai.vectorizer;
            d pg_catalog.jsonb;
            """;

    private static final String BEGIN = "begin perform " + TAKE_LOCK + ";\n" + ownPath();

    private static final String DESTINATION = "d := v.config -> 'destination';\n";

    private static final String END = asCaller() + "end";

    private Block() {}

    /** A block whose every name is qualified. */
    static String of(String declarations, String body) {
        return unlocked(declarations, "perform " + TAKE_LOCK + "; " + body);
    }

    /** A block that changes nothing, and whose every name is qualified. */
    static String unlocked(String declarations, String body) {
        return text(declarations + "begin " + body + " end");
    }

    /**
     * A block with the search path {@code pg_catalog, pg_temp}, in which the row of the vectorizer is {@code v} and its
     * destination {@code d}. Raises P0002 when there is none of this name.
     */
    static String onVectorizer(String name, String declarations, String body) {
        return alone(declarations, find(name) + DESTINATION + body);
    }

    /** As {@link #onVectorizer}, for what looks itself. */
    static String alone(String declarations, String body) {
        return text(DECLARE + declarations + BEGIN + body + END);
    }

    /** What row-level security would hide from the block is refused, or it would take rows for gone. */
    static String ownPath() {
        return """
                perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
                perform pg_catalog.set_config('row_security', 'off', true);
                """;
    }

    static String asCaller() {
        return """
                perform pg_catalog.set_config('role', role, true);
                perform pg_catalog.set_config('row_security', security, true);
                perform pg_catalog.set_config('search_path', path, true);
                """;
    }

    /**
     * As {@link #onVectorizer}, for what changes nothing, and waits for no change. Does nothing when there is none of
     * this name.
     */
    static String reading(String name, String declarations, String body) {
        return text(DECLARE + declarations + "begin\n" + ownPath() + row(name) + "if found then\n" + DESTINATION + body
                + "end if;\n" + END);
    }

    private static String find(String name) {
        return row(name) + "if not found then " + refuse(name) + " end if;\n";
    }

    private static String row(String name) {
        return "select * into v from ai.vectorizer where name = " + text(name, "text") + ";\n";
    }

    /** As text, and not as the name that it is compared with: a name is cut at 63 bytes. */
    static String text(String value, String type) {
        return SqlText.literal(value) + "::pg_catalog." + type;
    }

    static String refuse(String name) {
        return "raise no_data_found using message = " + SqlText.literal(missing(name)) + ";";
    }

    static String missing(String name) {
        return "there is no vectorizer \"" + name + "\"";
    }

    /** A notice that says that nothing was done: the state 02000 tells. */
    static String nothing(String message) {
        return "raise notice using errcode = '02000', message = " + SqlText.literal(message) + ";";
    }

    private static String text(String block) {
        return "do " + SqlText.literal(block.replaceAll("\\s*\\n\\s*", " ").strip());
    }
}
