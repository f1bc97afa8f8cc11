package dev.pgai.contract.hostile;

import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;

/** A database with a function that hostile texts call: once it was called, that is seen, also after a rollback. */
final class Canary implements AutoCloseable {

    /** Ends what it may stand in, calls the function, and hides what comes behind. */
    static final List<String> TEXTS = List.of(
            "'; select public.canary(); --",
            "\\'; select public.canary(); --",
            "\\\\'; select public.canary(); --",
            "'||public.canary()||'",
            "\"; select public.canary(); --",
            "\" || public.canary() || \"",
            "\"\"'); select public.canary(); --",
            "$$; select public.canary(); $$",
            "$do$; perform public.canary(); $do$",
            "*/ select public.canary(); /*",
            "x;\nselect public.canary();\r\n-- //@UNDO\nselect public.canary();\u2028select public.canary();",
            "${public.canary()} #{public.canary()} {{public.canary()}} {call public.canary()} {d '} {fn canary()}",
            "? ?? ?| :canary ::text $1 @canary %s %1$s %I %n %",
            "public.canary()",
            "public\".\"canary\"()",
            "\u202e\u2066--\u200b'\u200d;\ufeff select public.canary()\u2069",
            "é'".repeat(32) + "; select public.canary(); --",
            "'; select public.canary(); --".repeat(2000));

    /** What PostgreSQL has no way to store. */
    static final List<String> UNSTORABLE =
            List.of("\u0000", "a\u0000'; select public.canary(); --", "\ud800", "x\udc00x");

    private final TestDatabase database = TestDatabases.standard().create();

    Canary() throws SQLException {
        try (Connection connection = database.connection()) {
            execute(
                    connection,
                    "create sequence public.called",
                    "create function public.canary() returns text language sql"
                            + " as 'select pg_catalog.nextval(''public.called'')::pg_catalog.text'",
                    "create table public.blog (id int primary key, title text, content text)",
                    "insert into public.blog values (1, 'title', 'content')");
        }
    }

    TestDatabase database() {
        return database;
    }

    /** Whether anything that was only to be stored or looked for was executed. */
    boolean wasCalled() throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select is_called from public.called")) {
            return row.next() && row.getBoolean(1);
        }
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** For messages. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        IntStream.range(0, Math.min(60, text.length()))
                .map(text::charAt)
                .forEach(c -> shown.append(c < ' ' || c > '~' ? String.format("\\u%04x", c) : (char) c));
        return shown.toString();
    }

    @Override
    public void close() {
        database.close();
    }
}
