package dev.pgai.testkit;

import dev.pgai.PgaiException;
import dev.pgai.testkit.internal.file.UserFiles;
import javax.sql.DataSource;

/**
 * Fills a template database before it is cloned, such as by the migration tool of the application.
 *
 * <p>Ready ones, for Flyway and Liquibase, are in package {@code dev.pgai.testkit.migration}. Another tool:
 *
 * <pre>{@code
 * final class Migrations implements DatabasePreparer {
 *     public String key() {
 *         return DatabasePreparer.digest("classpath:migrations");
 *     }
 *
 *     public void prepare(DataSource dataSource) throws SQLException {
 *         // run what is there
 *     }
 * }
 * }</pre>
 *
 * @see TestDatabases.Builder#preparer
 */
public interface DatabasePreparer {

    /**
     * Names all that the result depends on. On a server behind a JDBC URL the prepared database serves later runs, too,
     * as long as the key is the same: a key that stays when the result would change gives tests an old database. The
     * class file of the preparer is part of what counts anyway, the classes that it uses are not.
     *
     * @return the same text as long as the result is the same, such as {@link #digest} of the migrations
     */
    String key();

    /**
     * Fills the database.
     *
     * @param dataSource connections to it, without a pool; all of them must be closed at the end, or it cannot be
     *     cloned
     * @throws Exception to give up; the first test that needs the database fails with it, and so does each after that
     */
    void prepare(DataSource dataSource) throws Exception;

    /**
     * A key made from the names and the content of files.
     *
     * @param locations files, or directories with all that is in them: {@code classpath:} and a path without a leading
     *     slash, or a path of the file system. For a directory that the class path has more than once, all of them
     *     count
     * @return 16 hexadecimal digits
     * @throws PgaiException when there is no such file or directory
     */
    static String digest(String... locations) {
        return UserFiles.digest(locations);
    }
}
