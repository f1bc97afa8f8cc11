package dev.pgai.liquibase;

import dev.pgai.PgaiException;
import dev.pgai.database.MissingRightsException;
import dev.pgai.database.PgaiNotInstalledException;
import dev.pgai.database.Problem;
import dev.pgai.jdbc.Pgai;
import dev.pgai.managed.ManagedObjects;
import java.util.stream.Collectors;
import liquibase.exception.DatabaseException;

/** What the catalog of a database says is pgai's. */
final class StoredObjects {

    private StoredObjects() {}

    /**
     * Reads it.
     *
     * @throws DatabaseException when the catalog is there, may not be read, and nothing is declared; when it cannot be
     *     read
     */
    static ManagedObjects of(Pgai pgai, DeclaredVectorizers declared) throws DatabaseException {
        try {
            // Where it may not be read, the list of objects would be short, with a warning that few see.
            pgai.exists("");
            return pgai.managedObjects();
        } catch (PgaiNotInstalledException e) {
            return ManagedObjects.none();
        } catch (MissingRightsException e) {
            String missing = e.problems().stream().map(Problem::toString).collect(Collectors.joining(" "));
            if (!declared.areGiven()) {
                throw Asked.told(
                        "Cannot compare: which tables hold the embeddings of vectorizers is not known, and they would"
                                + " be dropped. " + missing + " Or declare the vectorizers by "
                                + PgaiConfiguration.DEFINITIONS.getKey() + ".",
                        e);
            }
            Told.warning("Only the " + declared.definitions().size()
                    + " vectorizers that are declared are left out of the comparison. " + missing);
            return pgai.managedObjects(declared.definitions());
        } catch (PgaiException e) {
            throw Asked.told(String.valueOf(e.getMessage()), e);
        }
    }
}
