package dev.pgai.contract.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.testkit.junit.PgaiTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients get from functions of the catalog that return void, real or stand-in: some give NULL, some a text. */
@PgaiTest(scripts = "classpath:junit/blog.sql", vectorizers = "classpath:junit/vectorizers.json")
class VoidResultsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ai.disable_vectorizer_schedule(1) | false",
                "ai.enable_vectorizer_schedule(1) | false",
                "ai.disable_vectorizer_schedule('blog') | true",
                "ai.enable_vectorizer_schedule('blog') | true",
                "ai.disable_vectorizer_schedule('nope') | true",
                "ai.enable_vectorizer_schedule(null::text) | true",
                "ai.drop_vectorizer(1) | false",
                "ai.drop_vectorizer('blog') | true",
                "ai.drop_vectorizer('nope') | true",
                "ai.grant_vectorizer_usage(quote_ident(current_user)::name) | false",
                "ai._worker_heartbeat(ai._worker_start('x', interval '1 minute'), 1, 0, null) | false",
                "ai._worker_progress(gen_random_uuid(), 1, 1, null) | false"
            })
    void are_null_where_pgais_are(String call, boolean isNull, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select " + call + " is null")) {
            row.next();
            assertThat(row.getBoolean(1)).isEqualTo(isNull);
        }
    }
}
