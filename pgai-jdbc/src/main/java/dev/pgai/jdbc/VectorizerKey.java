package dev.pgai.jdbc;

import java.util.Objects;

/** What a caller knows a vectorizer by. */
sealed interface VectorizerKey {

    /** The predicate on {@code ai.vectorizer v}, with one parameter. A text is not cut at 63 bytes, a name would be. */
    String predicate();

    /** The parameter. */
    Object parameter();

    String wayOut();

    default String value() {
        return parameter().toString();
    }

    record Name(String name) implements VectorizerKey {

        public Name {
            Objects.requireNonNull(name, "name");
        }

        @Override
        public String predicate() {
            return "v.name operator(pg_catalog.=) ?::pg_catalog.text";
        }

        @Override
        public Object parameter() {
            return name;
        }

        @Override
        public String wayOut() {
            return "Names are case-sensitive; Pgai.list() gives all.";
        }

        @Override
        public String toString() {
            return "vectorizer \"" + name + "\"";
        }
    }

    record Id(int id) implements VectorizerKey {

        @Override
        public String predicate() {
            return "v.id operator(pg_catalog.=) ?::pg_catalog.int4";
        }

        @Override
        public Object parameter() {
            return id;
        }

        @Override
        public String wayOut() {
            return "Ids differ between databases: use the name.";
        }

        @Override
        public String toString() {
            return "vectorizer with id " + id;
        }
    }
}
