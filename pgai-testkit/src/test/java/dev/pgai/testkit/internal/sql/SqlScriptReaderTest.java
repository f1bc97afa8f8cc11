package dev.pgai.testkit.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.PgaiException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScriptReaderTest {

    private static List<ScriptPart> read(String text) {
        return new SqlScriptReader("s.sql", text).read();
    }

    private static ScriptPart part(int line, String sql) {
        return new ScriptPart(line, sql, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select ';', 'it''s;', E'a\\';b', e'\\\\', U&'\\;', \"a;\"\"b\"",
                "select '\\'",
                "select 1 -- one; two\n, 2 /* three; /* four; */ five; */",
                "do $$ begin perform 1; end $$",
                "do $tag$ begin perform $$;$$; end $tag$",
                "select $1 + a$b$c",
                "create rule r as on insert to t do instead (select 1; select 2)",
                "create function f() returns int begin atomic select case when true then 1 else 2 end; select 3; end",
                "create or replace procedure p() begin atomic insert into t values (1); end",
                "create table begin_atomic (begin int, \"end\" int)",
                "select 'unfinished;",
                "select $a$ unfinished;",
                "/* unfinished; select 1"
            })
    void one_statement_is_one_statement(String sql) {
        List<ScriptPart> parts = read(sql);
        assertThat(parts).hasSizeLessThanOrEqualTo(1);
        if (!sql.startsWith("/*")) {
            assertThat(parts).containsExactly(part(1, sql));
        }
        if (!sql.contains("unfinished")) {
            assertThat(read(sql + ";\nselect 'next'"))
                    .extracting(ScriptPart::sql)
                    .containsExactly(sql, "select 'next'");
        }
    }

    @Test
    void statements_have_their_lines() {
        assertThat(read("\r\n-- first\r\nselect 1;select 2;\n\n\nselect\n3\n;;\n-- last\n"))
                .containsExactly(part(3, "select 1"), part(3, "select 2"), part(6, "select\n3\n"));
    }

    @Test
    void a_text_without_statements_has_none() {
        assertThat(read("")).isEmpty();
        assertThat(read(" \n-- nothing; here\n/* or; here */ ; ;")).isEmpty();
    }

    @Test
    void data_follow_copy_from_stdin() {
        assertThat(
                        read(
                                "COPY t (a) FROM stdin;\n1;\tx\n\\N\n\\.\nselect 1;\ncopy u from STDIN with (format csv) ; -- data\n\"a\"\n"))
                .containsExactly(
                        new ScriptPart(1, "COPY t (a) FROM stdin", "1;\tx\n\\N\n"),
                        part(5, "select 1"),
                        new ScriptPart(6, "copy u from STDIN with (format csv) ", "\"a\"\n"));
        assertThat(read("copy t from stdin;\r\n1\r\n\\.\r\nselect 1;"))
                .containsExactly(new ScriptPart(1, "copy t from stdin", "1\r\n"), part(4, "select 1"));
        assertThat(read("copy t from stdin;")).containsExactly(new ScriptPart(1, "copy t from stdin", ""));
        assertThat(read("copy t to stdout; select 1")).hasSize(2);
    }

    @Test
    void what_pg_dump_puts_around_a_dump_has_no_meaning() {
        assertThat(read("\\restrict abc\n\nselect 1;\n\n\\unrestrict abc\n")).containsExactly(part(3, "select 1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\\i other.sql | 2 | \\i is a command of psql. Give each file as a script of its own, in their order.",
                "\\connect other | 2 | \\connect is a command of psql. A script runs in the database of the test: dump without --create.",
                "\\copy t from 'f' | 2 | \\copy is a command of psql. Write copy ... from stdin, with the data behind it and \\. at their end.",
                "\\echo hello | 2 | \\echo is a command of psql. A script is SQL alone.",
                "\\. | 2 | \\. is a command of psql. A script is SQL alone.",
                "select 2 \\gset | 2 | \\gset is a command of psql. A script is SQL alone.",
                "select 2 \\restrict x | 2 | \\restrict is a command of psql. A script is SQL alone.",
                "copy t from stdin; select 1; | 2 | What follows copy ... from stdin; on its line is not run: begin its data on the next one."
            })
    void a_command_of_psql_is_named_with_its_line(String line, int number, String message) {
        assertThatExceptionOfType(PgaiException.class)
                .isThrownBy(() -> read("select 1;\n" + line + "\nselect 3;"))
                .withMessage("Script s.sql, line " + number + ": " + message);
    }
}
