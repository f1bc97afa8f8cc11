package dev.pgai.testkit.internal.server;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When a template or a kept database was used last: a comment on it, which the server keeps. */
public final class LastUse {

    private static final Logger log = LoggerFactory.getLogger(LastUse.class);
    private static final String SINCE = "pgai-testkit, ";

    private LastUse() {}

    /** A statement that notes that a database is used now. */
    public static String now(String database) {
        return "comment on database " + database + " is '" + SINCE + Instant.now() + "'";
    }

    /** One without a comment was neither kept nor finished by a version that writes them: the beginning of time. */
    public static Instant of(@Nullable String comment) {
        if (comment != null && comment.startsWith(SINCE)) {
            try {
                return Instant.parse(comment.substring(SINCE.length()));
            } catch (DateTimeParseException e) {
                log.debug("Not a time: {}", comment, e);
            }
        }
        return Instant.EPOCH;
    }
}
