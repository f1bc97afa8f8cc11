package dev.pgai.flyway;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** The kind of checksum that Flyway computes for SQL files, of what a migration does. */
final class Checksum {

    private Checksum() {}

    /** Stored in the schema histories of users: the same parts must give the same value for ever. */
    static int of(Stream<String> parts) {
        CRC32 crc = new CRC32();
        parts.forEach(part -> {
            crc.update(part.getBytes(StandardCharsets.UTF_8));
            crc.update('\n');
        });
        return (int) crc.getValue();
    }
}
