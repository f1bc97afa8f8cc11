package dev.pgai.flyway;

import dev.pgai.PgaiException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/** What a migration says, by a method that users write. */
final class Said {

    private Said() {}

    /**
     * The same, when there is no null in it.
     *
     * @param method what the user has written
     * @throws PgaiException when it, or one of it, is null
     */
    static <T> List<T> by(JavaMigration migration, String method, @Nullable Collection<T> said) {
        if (said == null || said.stream().anyMatch(Objects::isNull)) {
            throw new PgaiException(migration.getClass().getName() + " is refused: its method " + method
                    + (said == null ? " gave null." : " gave a list with null in it.")
                    + " A field that it names may not have its value yet.");
        }
        return List.copyOf(said);
    }
}
