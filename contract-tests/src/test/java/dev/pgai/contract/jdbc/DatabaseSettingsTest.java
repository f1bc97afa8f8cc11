package dev.pgai.contract.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.pgai.database.PgaiDatabaseException;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.jdbc.Pgai;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a database sets for all who connect. HostileSessionTest has what a session sets, DriverSettingsTest the driver.
 */
class DatabaseSettingsTest {

    private static final VectorizerDefinition V = Blog.definition().build();

    private static final boolean REAL_CATALOG = System.getenv("PGAI_TEST_CATALOG") != null;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "intervalstyle = 'postgres'; datestyle = 'German, DMY'; timezone = 'Pacific/Kiritimati'",
                "intervalstyle = 'postgres_verbose'; bytea_output = 'escape'; extra_float_digits = -15",
                "intervalstyle = 'sql_standard'; client_encoding = 'LATIN1'; xmloption = 'document'",
                "intervalstyle = 'iso_8601'; lc_messages = 'C'; lc_numeric = 'C'; lc_time = 'C'",
                "quote_all_identifiers = on",
                "row_security = off; check_function_bodies = off; plpgsql.variable_conflict = 'use_column'",
                "default_transaction_isolation = 'repeatable read'; default_transaction_deferrable = on",
                "plan_cache_mode = 'force_generic_plan'; enable_seqscan = off; jit_above_cost = 0",
                "backslash_quote = off; escape_string_warning = off; transform_null_equals = on; array_nulls = off",
                "synchronous_commit = off; lock_timeout = '1min'; plpgsql.extra_errors = 'all'"
            })
    void every_operation_works(String settings) throws SQLException {
        try (Blog blog = new Blog()) {
            for (String setting : settings.split("; ", -1)) {
                blog.execute("alter database \"" + blog.name() + "\" set " + setting);
            }

            if (REAL_CATALOG && (settings.contains("quote_all_identifiers") || settings.contains("extra_errors"))) {
                assertThatExceptionOfType(PgaiDatabaseException.class)
                        .as("functions of pgai's own fail under it")
                        .isThrownBy(() -> DriverSettingsTest.everything(Pgai.on(blog.dataSource())));
                return;
            }
            DriverSettingsTest.everything(Pgai.on(blog.dataSource()));
            try (Connection connection = blog.connect()) {
                connection.setAutoCommit(false);
                DriverSettingsTest.everything(Pgai.on(connection));
                connection.commit();
            }
            assertThat(blog.traces()).isEqualTo("0 0 0");
        }
    }

    private static void quoteAll(Blog blog, String value) throws SQLException {
        blog.execute("alter database \"" + blog.name() + "\" set quote_all_identifiers = " + value);
    }

    /** The catalog wrote functions when the setting was another one. */
    @ParameterizedTest
    @ValueSource(strings = {"on", "off"})
    void a_vectorizer_is_whole_whatever_was_set_when_it_was_made(String atFirst) throws SQLException {
        assumeFalse(REAL_CATALOG, "pgai's own function that creates a trigger fails under quote_all_identifiers");
        VectorizerDefinition other = V.toBuilder()
                .name("w")
                .destination(Destination.column("embedded"))
                .chunking(Chunking.none())
                .build();
        try (Blog blog = new Blog()) {
            quoteAll(blog, atFirst);
            Pgai pgai = Pgai.on(blog.dataSource());
            // The other one first: it adds a column to the table, which the view then has.
            pgai.create(other);
            pgai.create(V);

            quoteAll(blog, atFirst.equals("on") ? "off" : "on");

            assertThat(pgai.inspect())
                    .hasSize(2)
                    .allMatch(inspection -> inspection.damages().isEmpty());
            assertThat(pgai.find("v").orElseThrow().isWhole()).isTrue();
            assertThat(pgai.repair("v") || pgai.repair("w")).isFalse();
            assertThat(pgai.managedObjects().containsRelation("public", "blog_embeddings_store"))
                    .isTrue();
            pgai.drop("v", Embeddings.KEEP);
            pgai.adopt(V);
            pgai.drop("w", Embeddings.KEEP);
            pgai.adopt(other);
            assertThat(pgai.inspect())
                    .hasSize(2)
                    .allMatch(inspection -> inspection.damages().isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"default_transaction_read_only = on"})
    void what_cannot_be_is_refused_and_reads_go_on(String setting) throws SQLException {
        try (Blog blog = new Blog()) {
            Pgai pgai = Pgai.on(blog.dataSource());
            pgai.create(V);
            blog.execute("alter database \"" + blog.name() + "\" set " + setting);

            assertThatExceptionOfType(PgaiDatabaseException.class)
                    .isThrownBy(() -> pgai.disable("v"))
                    .withMessageContaining("read-only: use another.");

            List<StoredVectorizer> all = pgai.list();
            assertThat(all).hasSize(1).allMatch(StoredVectorizer::enabled);
            assertThat(pgai.inspect("v").damages()).isEmpty();
            assertThat(pgai.countPending("v")).isEqualTo(3);
        }
    }
}
