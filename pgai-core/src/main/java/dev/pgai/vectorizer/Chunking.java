package dev.pgai.vectorizer;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a text is cut into chunks: the argument {@code chunking}. */
public sealed interface Chunking extends Option
        permits Chunking.None,
                Chunking.CharacterTextSplitter,
                Chunking.RecursiveCharacterTextSplitter,
                Chunking.Unknown {

    @Override
    default String configType() {
        return "chunking";
    }

    /**
     * No chunks, each text is embedded whole: {@code ai.chunking_none}, since pgai 0.10. Required by a column
     * destination.
     *
     * @return the option
     */
    static None none() {
        return new None();
    }

    /**
     * Splits at one separator: {@code ai.chunking_character_text_splitter}, since pgai 0.10.
     *
     * @return the option
     */
    static CharacterTextSplitter characterTextSplitter() {
        return new CharacterTextSplitter(null, null, null, null);
    }

    /**
     * Splits at the first of several separators that makes chunks small enough:
     * {@code ai.chunking_recursive_character_text_splitter}, since pgai 0.10. This is the catalog's default.
     *
     * @return the option
     */
    static RecursiveCharacterTextSplitter recursiveCharacterTextSplitter() {
        return new RecursiveCharacterTextSplitter(null, null, null, null);
    }

    /** {@code ai.chunking_none}. */
    record None() implements Chunking {
        @Override
        public String implementation() {
            return "none";
        }

        @Override
        public Map<String, Object> arguments() {
            return Map.of();
        }
    }

    /**
     * {@code ai.chunking_character_text_splitter}.
     *
     * @param chunkSize the most characters of a chunk, 1 or more; null for the catalog's default, 800
     * @param chunkOverlap the characters that neighbours share, 0 or more; null for the catalog's default, 400
     * @param separator where to split; null for the catalog's default, an empty line
     * @param isSeparatorRegex whether the separator is a regular expression of Python; null for the catalog's default,
     *     false
     */
    record CharacterTextSplitter(
            @Nullable Integer chunkSize,
            @Nullable Integer chunkOverlap,
            @Nullable String separator,
            @Nullable Boolean isSeparatorRegex)
            implements Chunking {

        /**
         * Checks the arguments.
         *
         * @param chunkSize the argument {@code chunk_size}
         * @param chunkOverlap the argument {@code chunk_overlap}
         * @param separator the argument {@code separator}
         * @param isSeparatorRegex the argument {@code is_separator_regex}
         * @throws InvalidArgumentException when a number is out of range, or the separator holds a NUL or a lone
         *     surrogate
         */
        public CharacterTextSplitter {
            checkSizes(chunkSize, chunkOverlap);
            Check.optionalText("chunking.separator", separator);
        }

        /**
         * Sets the size of chunks.
         *
         * @param chunkSize characters, 1 or more; the catalog's default is 800
         * @return a copy
         * @throws InvalidArgumentException when out of range
         */
        public CharacterTextSplitter withChunkSize(int chunkSize) {
            return new CharacterTextSplitter(chunkSize, chunkOverlap, separator, isSeparatorRegex);
        }

        /**
         * Sets how much neighbours share.
         *
         * @param chunkOverlap characters, 0 or more and not more than the size; the catalog's default is 400
         * @return a copy
         * @throws InvalidArgumentException when negative
         */
        public CharacterTextSplitter withChunkOverlap(int chunkOverlap) {
            return new CharacterTextSplitter(chunkSize, chunkOverlap, separator, isSeparatorRegex);
        }

        /**
         * Sets where to split.
         *
         * @param separator the text between chunks; the catalog's default is an empty line, {@code \n\n}
         * @return a copy
         * @throws InvalidArgumentException when null, or when it holds a NUL or a lone surrogate
         */
        public CharacterTextSplitter withSeparator(String separator) {
            return new CharacterTextSplitter(
                    chunkSize, chunkOverlap, Check.given("chunking.separator", separator), isSeparatorRegex);
        }

        /**
         * Says whether the separator is a regular expression of Python.
         *
         * @param isSeparatorRegex true for regular expressions; the catalog's default is false
         * @return a copy
         */
        public CharacterTextSplitter withIsSeparatorRegex(boolean isSeparatorRegex) {
            return new CharacterTextSplitter(chunkSize, chunkOverlap, separator, isSeparatorRegex);
        }

        @Override
        public String implementation() {
            return "character_text_splitter";
        }

        @Override
        public Map<String, Object> arguments() {
            return new Arguments()
                    .set("chunk_size", chunkSize)
                    .set("chunk_overlap", chunkOverlap)
                    .set("separator", separator)
                    .set("is_separator_regex", isSeparatorRegex)
                    .toMap();
        }
    }

    /**
     * {@code ai.chunking_recursive_character_text_splitter}.
     *
     * @param chunkSize the most characters of a chunk, 1 or more; null for the catalog's default, 800
     * @param chunkOverlap the characters that neighbours share, 0 or more; null for the catalog's default, 400
     * @param separators where to split, the first choice first; null for the catalog's default: empty line, line end,
     *     {@code . ? !}, space, anywhere
     * @param isSeparatorRegex whether the separators are regular expressions of Python; null for the catalog's default,
     *     false
     */
    record RecursiveCharacterTextSplitter(
            @Nullable Integer chunkSize,
            @Nullable Integer chunkOverlap,
            @Nullable List<String> separators,
            @Nullable Boolean isSeparatorRegex)
            implements Chunking {

        /**
         * Checks the arguments.
         *
         * @param chunkSize the argument {@code chunk_size}
         * @param chunkOverlap the argument {@code chunk_overlap}
         * @param separators the argument {@code separators}
         * @param isSeparatorRegex the argument {@code is_separator_regex}
         * @throws InvalidArgumentException when a number is out of range, or the separators are empty or hold a NUL or
         *     a lone surrogate
         */
        public RecursiveCharacterTextSplitter {
            checkSizes(chunkSize, chunkOverlap);
            separators = separators == null ? null : copyOf(separators);
        }

        /**
         * Sets the size of chunks.
         *
         * @param chunkSize characters, 1 or more; the catalog's default is 800
         * @return a copy
         * @throws InvalidArgumentException when out of range
         */
        public RecursiveCharacterTextSplitter withChunkSize(int chunkSize) {
            return new RecursiveCharacterTextSplitter(chunkSize, chunkOverlap, separators, isSeparatorRegex);
        }

        /**
         * Sets how much neighbours share.
         *
         * @param chunkOverlap characters, 0 or more and not more than the size; the catalog's default is 400
         * @return a copy
         * @throws InvalidArgumentException when negative
         */
        public RecursiveCharacterTextSplitter withChunkOverlap(int chunkOverlap) {
            return new RecursiveCharacterTextSplitter(chunkSize, chunkOverlap, separators, isSeparatorRegex);
        }

        /**
         * Sets where to split.
         *
         * @param separators the first choice first, at least one; the empty text splits anywhere
         * @return a copy
         * @throws InvalidArgumentException when null or empty, or when a text holds a NUL or a lone surrogate
         */
        public RecursiveCharacterTextSplitter withSeparators(List<String> separators) {
            return new RecursiveCharacterTextSplitter(
                    chunkSize, chunkOverlap, Check.given("chunking.separators", separators), isSeparatorRegex);
        }

        /**
         * Says whether the separators are regular expressions of Python.
         *
         * @param isSeparatorRegex true for regular expressions; the catalog's default is false
         * @return a copy
         */
        public RecursiveCharacterTextSplitter withIsSeparatorRegex(boolean isSeparatorRegex) {
            return new RecursiveCharacterTextSplitter(chunkSize, chunkOverlap, separators, isSeparatorRegex);
        }

        @Override
        public String implementation() {
            return "recursive_character_text_splitter";
        }

        @Override
        public Map<String, Object> arguments() {
            return new Arguments()
                    .set("chunk_size", chunkSize)
                    .set("chunk_overlap", chunkOverlap)
                    .set("separators", separators)
                    .set("is_separator_regex", isSeparatorRegex)
                    .toMap();
        }
    }

    private static void checkSizes(@Nullable Integer chunkSize, @Nullable Integer chunkOverlap) {
        Check.range("chunking.chunk_size", chunkSize, 1, Integer.MAX_VALUE, "Give the most characters of a chunk.");
        Check.range("chunking.chunk_overlap", chunkOverlap, 0, Integer.MAX_VALUE, "Use 0 for no overlap.");
    }

    private static List<String> copyOf(List<String> separators) {
        if (separators.isEmpty()) {
            throw new InvalidArgumentException(
                    "chunking.separators",
                    separators,
                    "there must be at least one",
                    "Leave the call out to keep the catalog's default.");
        }
        return Check.each("chunking.separators", separators, Check::text);
    }

    /**
     * An implementation that this version of the library does not know, or a known one with keys that are new, as the
     * catalog stores it.
     *
     * @param config the whole stored config, {@code config_type} and {@code implementation} included
     */
    record Unknown(Map<String, Object> config) implements Chunking, UnknownOption {

        /**
         * Copies the config deeply and checks that it says what it is.
         *
         * @param config as above
         * @throws InvalidArgumentException when {@code config_type} is not {@code chunking}, {@code implementation} is
         *     not text, or a value is not a JSON value
         */
        public Unknown {
            config = StoredConfig.copyOf("chunking", config);
        }

        @Override
        public String toString() {
            return StoredConfig.toString(config);
        }
    }
}
