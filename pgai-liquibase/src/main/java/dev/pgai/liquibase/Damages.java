package dev.pgai.liquibase;

import dev.pgai.database.Damage;
import dev.pgai.database.Problem;
import dev.pgai.database.StoredVectorizer;
import java.util.Optional;
import java.util.stream.Collectors;
import liquibase.database.Database;
import liquibase.exception.DatabaseException;

/** What keeps a vectorizer that is there from working, and which change of a changelog mends it. */
final class Damages {

    private Damages() {}

    /** Empty when there is none of this name, or it works. */
    static Optional<String> of(Database database, String name) throws DatabaseException {
        return Asked.of(database, "read vectorizer " + name, pgai -> pgai.find(name))
                .filter(vectorizer -> !vectorizer.isWhole())
                .map(Damages::sentences);
    }

    private static String sentences(StoredVectorizer vectorizer) {
        return "There is vectorizer " + vectorizer.name() + " (id " + vectorizer.id() + "), and it is damaged: "
                + vectorizer.damages().stream()
                        .filter(damage -> damage.severity() == Problem.Severity.ERROR)
                        .map(Damage::toString)
                        .map(damage -> inTermsOfChangelogs(damage, vectorizer.name()))
                        .collect(Collectors.joining(" "));
    }

    /** Hints name changes as Java does. */
    static String inTermsOfChangelogs(String text, String name) {
        String argument = "(\"" + name + "\")";
        return text.replace("VectorizerChange.repair" + argument, "repairVectorizer")
                .replace("VectorizerChange.refreshView" + argument, "refreshVectorizerView")
                .replace("VectorizerChange.forget" + argument, "forgetVectorizer")
                .replace("VectorizerChange.adopt(definition)", "adoptVectorizer");
    }
}
