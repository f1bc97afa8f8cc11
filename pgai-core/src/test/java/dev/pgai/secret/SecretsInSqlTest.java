package dev.pgai.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.sql.SqlText;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsInSqlTest {

    /** A statement holds a literal, and a block holds statements. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "it's", "back\\slash", "it's \\ \"both\"", "'", "''''\\'"})
    void a_secret_is_hidden_however_often_it_is_quoted(String text) {
        String secret = "k3y" + text + "k3y";
        String once = SqlText.literal(secret);
        String twice = SqlText.literal("select " + once);

        assertThat(Secrets.masked(secret + once + twice, Set.of(secret))).doesNotContain("k3y");
    }
}
