package dev.pgai.contract.damage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.Damage;
import dev.pgai.database.Damage.Code;
import dev.pgai.database.Damage.Mend;
import dev.pgai.database.VectorizerInspection;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code docs/damage.md} says. */
class DamagePageTest {

    private static final Logger log = LoggerFactory.getLogger(DamagePageTest.class);

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| (\\w+) \\|.*\\| ([^|]+) \\|$");

    private static final Map<Mend, String> MENDS = Map.of(
            Mend.REPAIR,
            "`repair",
            Mend.REFRESH_VIEW,
            "`refreshView`",
            Mend.FORGET,
            "`forget`",
            Mend.BY_HAND,
            "by hand: ");

    /** Code to severity and mend. */
    private static Map<String, String> rows() throws IOException {
        return ROW.matcher(Files.readString(Path.of("../docs/damage.md")))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2) + " " + row.group(3)));
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void each_kind_of_damage_has_its_row(Code code) throws IOException {
        assertThat(rows().get(code.name()))
                .startsWith(code.severity().name().toLowerCase(Locale.ROOT) + " ")
                .contains(MENDS.get(code.mend()));
    }

    @Test
    void there_is_no_other_row() throws IOException {
        assertThat(rows()).hasSize(Code.values().length);
    }

    @Test
    void the_java_of_the_page_works() throws SQLException {
        var definition = DamagedDatabase.TO_TABLE.toBuilder()
                .name("blog_content_embedder")
                .build();
        try (DamagedDatabase database = new DamagedDatabase(TestDatabases.standard(), definition)) {
            Pgai pgai = database.pgai();
            database.execute("drop trigger _vectorizer_src_trg_1 on public.blog");

            for (VectorizerInspection vectorizer : pgai.inspect()) {
                for (Damage damage : vectorizer.damages()) {
                    log.warn("{}: {}", vectorizer.name(), damage); // code, object, effect, hint
                }
            }
            pgai.repair("blog_content_embedder");

            assertThat(pgai.inspect("blog_content_embedder").isWhole()).isTrue();

            pgai.apply(VectorizerChange.refreshView("blog_content_embedder")
                    .around("alter table blog alter column title type varchar(200)"));

            assertThat(pgai.inspect("blog_content_embedder").damages()).isEmpty();
        }
    }
}
