package dev.pgai.managed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PostgreSQL 17 itself gave. {@code t*63} is 63 times the letter. */
class ServerNamesTest {

    @ParameterizedTest
    @CsvSource({
        "a, a_pkey",
        "t*63, t*58_pkey",
        "ä*31, ä*29_pkey",
        "xä*31, xä*28_pkey",
        "日*21, 日*19_pkey",
    })
    void names_primary_keys(String table, String expected) {
        assertThat(ServerNames.primaryKey(text(table))).isEqualTo(text(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "a, emb, a_emb_idx",
        "a, c*63, a_c*57_idx",
        "t*63, emb, t*55_emb_idx",
        "t*63, c*63, t*29_c*29_idx",
        "t*63, ö*31, t*29_ö*14_idx",
        "t*63, c*20, t*38_c*20_idx",
        "t*30, c*63, t*29_c*29_idx",
        "ä*31, c*63, ä*14_c*29_idx",
        "ä*31, c*20, ä*19_c*20_idx",
        "xä*31, ö*31, xä*14_ö*14_idx",
        "日*21, ö*31, 日*9_ö*14_idx",
    })
    void names_indexes(String table, String column, String expected) {
        assertThat(ServerNames.index(text(table), text(column))).isEqualTo(text(expected));
    }

    private static String text(String pattern) {
        StringBuilder text = new StringBuilder();
        Matcher part = Pattern.compile("(.)(?:\\*(\\d+))?").matcher(pattern);
        while (part.find()) {
            text.append(part.group(1).repeat(part.group(2) == null ? 1 : Integer.parseInt(part.group(2))));
        }
        return text.toString();
    }
}
