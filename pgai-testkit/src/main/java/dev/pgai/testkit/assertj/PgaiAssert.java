package dev.pgai.testkit.assertj;

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
        VectorizerTables tables = VectorizerTables.find(database, name);
        if (tables == null) {
            throw failure("Expecting a vectorizer named <%s>, but there are only <%s>", name, names());
        }
        return new VectorizerAssert(database, tables);
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

    private List<String> names() {
        return database.query("select name from ai.vectorizer order by name::text collate \"C\"").stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }
}
