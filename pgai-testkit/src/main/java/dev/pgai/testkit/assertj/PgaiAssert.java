package dev.pgai.testkit.assertj;

import dev.pgai.database.StoredVectorizer;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;

/** Assertions about the vectorizers of a database. */
public final class PgaiAssert extends AbstractAssert<PgaiAssert, Object> {

    private final Database database;

    PgaiAssert(Database database) {
        super(database, PgaiAssert.class);
        this.database = database;
    }

    /**
     * There is a vectorizer of this name.
     *
     * @param name the name
     * @return assertions about it
     * @throws AssertionError when there is none
     */
    public VectorizerAssert vectorizer(String name) {
        if (database.pgai().find(name).isEmpty()) {
            throw failure("Expecting a vectorizer named <%s>, but %s", name, others());
        }
        return new VectorizerAssert(database, name);
    }

    /**
     * The database has these vectorizers and no others.
     *
     * @param names the names, in any order
     * @return this
     * @throws AssertionError when the database has others
     */
    public PgaiAssert hasOnlyVectorizers(String... names) {
        List<String> expected = Stream.of(names).sorted().toList();
        List<String> actual = names();
        if (!actual.equals(expected)) {
            throw failure("Expecting the vectorizers to be <%s>, but they are <%s>", expected, actual);
        }
        return this;
    }

    /** What is stored of others may be anything. */
    private String others() {
        try {
            return "there are only <" + names() + ">";
        } catch (RuntimeException e) {
            return "there is none, and the others cannot be read: " + e.getMessage();
        }
    }

    private List<String> names() {
        return database.pgai().list().stream()
                .map(StoredVectorizer::name)
                .sorted()
                .toList();
    }
}
