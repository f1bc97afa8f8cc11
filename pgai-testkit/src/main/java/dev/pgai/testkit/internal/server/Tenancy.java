package dev.pgai.testkit.internal.server;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a server must know of the databases that tests have on it, so that each goes at its time and not before. */
public interface Tenancy {

    /** Time to look: the next JVM may start a moment later, as that of the next test class. */
    Duration KEPT = Duration.ofMinutes(15);

    /** Comes before each database: from now on it is not a leftover. */
    void announce() throws SQLException;

    /**
     * Tells a server that has ended from one that refuses.
     *
     * @return for people, a sentence or more; null when it has not ended, or nobody here would know
     */
    default @Nullable String whyGone() {
        return null;
    }

    /**
     * Lets a database outlive this JVM.
     *
     * @return for people: how to reach it, and when it goes; null when its server goes with this JVM all the same
     */
    @Nullable
    String keep(String database) throws IOException, SQLException;
}
