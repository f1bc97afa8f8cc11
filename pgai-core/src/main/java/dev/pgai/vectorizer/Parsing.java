package dev.pgai.vectorizer;

import dev.pgai.InvalidArgumentException;
import java.util.Map;

/** How the worker turns what it loaded into text: the argument {@code parsing}. The catalog's default is auto. */
public sealed interface Parsing extends Option
        permits Parsing.Auto, Parsing.None, Parsing.PyMuPdf, Parsing.Docling, Parsing.Unknown {

    @Override
    default String configType() {
        return "parsing";
    }

    @Override
    default Map<String, Object> arguments() {
        return Map.of();
    }

    /**
     * Chooses by the content: {@code ai.parsing_auto}, since pgai 0.10.
     *
     * @return the option
     */
    static Auto auto() {
        return new Auto();
    }

    /**
     * Takes text as it is: {@code ai.parsing_none}, since pgai 0.10. Refused by the catalog for a bytea column.
     *
     * @return the option
     */
    static None none() {
        return new None();
    }

    /**
     * Reads documents with PyMuPDF: {@code ai.parsing_pymupdf}, since pgai 0.10. With column loading, the catalog wants
     * a bytea column.
     *
     * @return the option
     */
    static PyMuPdf pymupdf() {
        return new PyMuPdf();
    }

    /**
     * Reads documents with Docling: {@code ai.parsing_docling}, since pgai 0.10. With column loading, the catalog wants
     * a bytea column.
     *
     * @return the option
     */
    static Docling docling() {
        return new Docling();
    }

    /** {@code ai.parsing_auto}. */
    record Auto() implements Parsing {
        @Override
        public String implementation() {
            return "auto";
        }
    }

    /** {@code ai.parsing_none}. */
    record None() implements Parsing {
        @Override
        public String implementation() {
            return "none";
        }
    }

    /** {@code ai.parsing_pymupdf}. */
    record PyMuPdf() implements Parsing {
        @Override
        public String implementation() {
            return "pymupdf";
        }
    }

    /** {@code ai.parsing_docling}. */
    record Docling() implements Parsing {
        @Override
        public String implementation() {
            return "docling";
        }
    }

    /**
     * An implementation that this version of the library does not know, or a known one with keys that are new, as the
     * catalog stores it.
     *
     * @param config the whole stored config, {@code config_type} and {@code implementation} included
     */
    record Unknown(Map<String, Object> config) implements Parsing, UnknownOption {

        /**
         * Copies the config deeply and checks that it says what it is.
         *
         * @param config as above
         * @throws InvalidArgumentException when {@code config_type} is not {@code parsing}, {@code implementation} is
         *     not text, or a value is not a JSON value
         */
        public Unknown {
            config = StoredConfig.copyOf("parsing", config);
        }

        @Override
        public Map<String, Object> arguments() {
            return UnknownOption.super.arguments();
        }

        @Override
        public String toString() {
            return StoredConfig.toString(config);
        }
    }
}
