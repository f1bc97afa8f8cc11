package dev.pgai.testkit.assertj;

import dev.pgai.testkit.TestDatabase;
import java.sql.Connection;
import javax.sql.DataSource;

/**
 * Entry of the assertions.
 *
 * <pre>{@code
 * import static dev.pgai.testkit.assertj.PgaiAssertions.assertThat;
 *
 * assertThat(database).vectorizer("blog").hasPending(3).hasNoErrors();
 * }</pre>
 */
public final class PgaiAssertions {

    private PgaiAssertions() {}

    /**
     * Assertions about a database of the testkit.
     *
     * @param database open
     * @return assertions that connect each time they are called
     */
    public static PgaiAssert assertThat(TestDatabase database) {
        return assertThat(database.dataSource());
    }

    /**
     * Assertions about a database.
     *
     * @param dataSource gives connections to it
     * @return assertions that connect each time they are called
     */
    public static PgaiAssert assertThat(DataSource dataSource) {
        return new PgaiAssert(new Database(dataSource, null));
    }

    /**
     * Assertions about a database as a connection sees it, changes of its open transaction included.
     *
     * @param connection stays open, and its transaction as it is
     * @return assertions that use the connection each time they are called
     */
    public static PgaiAssert assertThat(Connection connection) {
        return new PgaiAssert(new Database(null, connection));
    }
}
