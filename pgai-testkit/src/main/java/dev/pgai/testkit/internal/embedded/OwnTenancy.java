package dev.pgai.testkit.internal.embedded;

import dev.pgai.testkit.internal.server.Tenancy;
import java.io.IOException;

/** On a server that goes with this JVM, unless a database is kept: then both stay. */
public record OwnTenancy(PostgresProcess process) implements Tenancy {

    @Override
    public void announce() {}

    @Override
    public String keep(String database) throws IOException {
        process.keep();
        return process.access().url(database) + " (its server stays, too; both go when tests start after "
                + KEPT.toMinutes() + " minutes, or by: kill -INT " + process.pid() + ")";
    }
}
