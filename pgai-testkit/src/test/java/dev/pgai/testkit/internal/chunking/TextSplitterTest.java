package dev.pgai.testkit.internal.chunking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgai.testkit.fixture.Recording;
import dev.pgai.testkit.internal.python.PythonException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The chunks of langchain-text-splitters, for texts of many kinds and all settings that pgai passes on. */
class TextSplitterTest {

    private static final JsonNode RECORDED = Recording.read("splitters.json");

    @Test
    void cuts_as_langchain_does() {
        List<Chunker> chunkers = new ArrayList<>();
        RECORDED.get("settings").forEach(setting -> chunkers.add(chunker(setting)));
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (JsonNode result : RECORDED.get("results")) {
            JsonNode setting =
                    RECORDED.get("settings").get(result.get("setting").intValue());
            String text =
                    RECORDED.get("texts").get(result.get("text").intValue()).textValue();
            String expected = String.valueOf(result.has("error") ? result.get("error") : result.get("chunks"));
            String actual = outcome(chunkers.get(result.get("setting").intValue()), text);
            if (!actual.equals(expected)) {
                differences.add(setting + "\n  " + text + "\n  expected " + expected + "\n  but was  " + actual);
            }
            compared++;
        }
        assertThat(differences).isEmpty();
        assertThat(RECORDED.get("texts").size()).isGreaterThanOrEqualTo(200);
        assertThat(compared).isGreaterThan(3000);
    }

    @Test
    void refuses_sizes_that_do_not_fit() {
        assertThatThrownBy(() -> new ChunkMerger(0, 0)).hasMessage("chunk_size must be > 0, got 0");
        assertThatThrownBy(() -> new ChunkMerger(1, -1)).hasMessage("chunk_overlap must be >= 0, got -1");
        assertThatThrownBy(() -> new ChunkMerger(5, 6))
                .hasMessage("Got a larger chunk overlap (6) than chunk size (5), should be smaller.");
    }

    private static String outcome(Chunker chunker, String text) {
        try {
            return String.valueOf(Recording.array(chunker.split(text)));
        } catch (PythonException e) {
            return String.valueOf(Recording.text(String.valueOf(e.getMessage())));
        }
    }

    private static Chunker chunker(JsonNode setting) {
        boolean regex = setting.get("is_separator_regex").booleanValue();
        int size = setting.get("chunk_size").intValue();
        int overlap = setting.get("chunk_overlap").intValue();
        if (setting.has("separator")) {
            return new CharacterChunker(setting.get("separator").textValue(), regex, size, overlap);
        }
        List<String> separators = new ArrayList<>();
        setting.get("separators").forEach(separator -> separators.add(separator.textValue()));
        return new RecursiveChunker(separators, regex, size, overlap);
    }
}
