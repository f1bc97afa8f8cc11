package dev.pgai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextsTest {

    @Test
    void what_a_terminal_obeys_is_shown() {
        assertThat(Texts.visible("a\u001b[31m\r\u0007\u009b\u202e\u2028\ud800\nb é 😀"))
                .isEqualTo("a\\u001b[31m\\u000d\\u0007\\u009b\\u202e\\u2028\\ud800\nb é 😀");
        assertThat(Texts.line("a\nb")).isEqualTo("a\\nb");
    }

    @Test
    void columns_are_as_wide_as_what_is_in_them() {
        assertThat(Texts.table(List.of(List.of("name", "n"), List.of("é", "10000"), List.of("a\nb", ""))))
                .isEqualTo("name  n\né     10000\na\\nb");
    }
}
