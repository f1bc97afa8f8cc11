/** What a vectorizer is, and its SQL. Knows no connection: {@code java.sql} is not readable from here. */
module dev.pgai.core {
    requires com.fasterxml.jackson.databind;
    requires static transitive org.jspecify;

    exports dev.pgai;
    exports dev.pgai.managed;
    exports dev.pgai.managed.exclusion;
    exports dev.pgai.search;
    exports dev.pgai.sql;
    exports dev.pgai.vectorizer;
}
