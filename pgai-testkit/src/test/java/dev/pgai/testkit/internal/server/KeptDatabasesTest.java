package dev.pgai.testkit.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.PgaiException;
import dev.pgai.testkit.internal.setting.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptDatabasesTest {

    @Test
    void where_nobody_looks_nothing_is_kept() {
        assertThat(kept(Map.of(), Map.of())).isEqualTo(5);
        assertThat(kept(Map.of(), Map.of("CI", "false"))).isEqualTo(5);
        assertThat(kept(Map.of(), Map.of("CI", "true"))).isZero();
        assertThat(kept(Map.of(), Map.of("CI", "true", "PGAI_TEST_KEEP", "3"))).isEqualTo(3);
        assertThat(kept(Map.of("pgai.test.keep", "0"), Map.of("PGAI_TEST_KEEP", "3")))
                .isZero();
        for (String wrong : List.of("true", "-1", "1001", "99999999999")) {
            assertThatExceptionOfType(PgaiException.class)
                    .isThrownBy(() -> kept(Map.of("pgai.test.keep", wrong), Map.of()))
                    .withMessage("System property pgai.test.keep = \"" + wrong
                            + "\" is refused: it must be a number of databases, 0 to 1000. Use 0 to keep none.");
        }
    }

    private static int kept(Map<String, String> properties, Map<String, String> environment) {
        return KeptDatabases.limit(new Settings(properties::get, environment::get));
    }
}
