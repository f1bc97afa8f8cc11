package dev.pgai.testkit.internal.embedded;

import dev.pgai.testkit.internal.server.BackgroundDrops;
import dev.pgai.testkit.internal.server.Tenancy;
import dev.pgai.testkit.internal.thread.AtExit;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** On a server that goes with this JVM, unless a database is kept: then both stay, and the other databases go. */
final class OwnTenancy implements Tenancy {

    private final PostgresProcess process;
    private final BackgroundDrops drops;

    OwnTenancy(PostgresProcess process, BackgroundDrops drops) {
        this.process = process;
        this.drops = drops;
    }

    @Override
    public void announce() {}

    @Override
    public @Nullable String whyGone() {
        return process.isGone() ? process.obituary() : null;
    }

    @Override
    public synchronized String keep(String database) throws IOException {
        if (!process.directory().isKept()) {
            process.directory().keep();
            drops.rehearseNow();
            AtExit.run("pgai-testkit-drops", drops::finish);
        }
        return process.access().url(database) + " (its server stays, too; both go when tests start after "
                + KEPT.toMinutes() + " minutes, or by: kill -INT " + process.pid() + ")";
    }
}
