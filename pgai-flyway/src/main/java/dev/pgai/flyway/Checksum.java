package dev.pgai.flyway;

import dev.pgai.change.VectorizerChange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/** The kind of checksum that Flyway computes for SQL files, of what a migration does. */
final class Checksum {

    /**
     * Where the schema that Flyway migrates would stand: it is known only when a migration runs, and the checksum is
     * the same for all.
     */
    static final String DEFAULT_SCHEMA = "flyway_default_schema";

    private Checksum() {}

    /** Stored in the schema histories of users: the same changes must give the same value for ever. */
    static int of(List<? extends VectorizerChange> changes) {
        CRC32 crc = new CRC32();
        changes.forEach(change -> {
            crc.update(change.canonicalText().getBytes(StandardCharsets.UTF_8));
            crc.update('\n');
        });
        return (int) crc.getValue();
    }
}
