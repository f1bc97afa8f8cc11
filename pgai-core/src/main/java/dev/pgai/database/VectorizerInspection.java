package dev.pgai.database;

import java.util.List;

/** What {@code Pgai.inspect} found of one vectorizer. */
public interface VectorizerInspection {

    /**
     * The id in this database.
     *
     * @return differs between databases
     */
    int id();

    /**
     * The vectorizer.
     *
     * @return its name
     */
    String name();

    /**
     * Where its objects are not what its row says.
     *
     * @return an unmodifiable list, errors first; empty when nothing is damaged
     */
    List<Damage> damages();

    /**
     * What could not be seen, for want of rights, or because another transaction has a table locked.
     *
     * @return the SQL statements that would give the rights, or a sentence about the lock; unmodifiable, empty when all
     *     was seen
     */
    List<String> notSeen();

    /**
     * Whether rows are embedded and found.
     *
     * @return true when no damage is an {@linkplain Problem.Severity#ERROR error}
     */
    default boolean isWhole() {
        return damages().stream().noneMatch(damage -> damage.severity() == Problem.Severity.ERROR);
    }
}
