/** Look at the vectorizers of a database, and change them, over JDBC. */
module dev.pgai.jdbc {
    requires transitive dev.pgai.core;
    requires transitive java.sql;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports dev.pgai.jdbc;
}
