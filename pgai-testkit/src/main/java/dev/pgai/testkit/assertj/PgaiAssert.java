package dev.pgai.testkit.assertj;

import dev.pgai.database.Damage;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.database.VectorizerInspection;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.VectorizerPlan;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
     * There is a vectorizer of this name, and it is whole. One whose table, trigger, queue, store or view is gone, or
     * is not what it was, is still in the catalog, and does not work.
     *
     * @param name the name
     * @return assertions about it, each of which fails when it is damaged by then
     * @throws AssertionError when there is none; when it is damaged: the message says where, what that does, and what
     *     mends it
     */
    public VectorizerAssert vectorizer(String name) {
        return found(name, Set.of());
    }

    /**
     * There is a vectorizer of this name, and it is damaged in these ways, and in no others. Warnings do not count. For
     * tests of what an application makes of damage.
     *
     * @param name the name
     * @param code a way in which it is damaged
     * @param more further ways
     * @return assertions about it, each of which fails when it is not so damaged by then
     * @throws AssertionError when there is none; when it is whole, or damaged otherwise: the message says how
     */
    public VectorizerAssert damagedVectorizer(String name, Damage.Code code, Damage.Code... more) {
        return found(name, EnumSet.of(code, more));
    }

    private VectorizerAssert found(String name, Set<Damage.Code> damaged) {
        if (database.pgai().find(name).isEmpty()) {
            throw failure("Expecting a vectorizer named <%s>, but %s", name, others());
        }
        VectorizerAssert vectorizer = new VectorizerAssert(database, name, damaged);
        vectorizer.stored();
        return vectorizer;
    }

    /**
     * The database has these vectorizers and no others, and all are whole.
     *
     * @param names the names, in any order
     * @return this
     * @throws AssertionError when the database has others; when one is damaged, as in {@link #vectorizer}
     */
    public PgaiAssert hasOnlyVectorizers(String... names) {
        List<VectorizerInspection> inspections = database.pgai().inspect();
        List<String> expected = Stream.of(names).sorted().toList();
        List<String> actual =
                inspections.stream().map(VectorizerInspection::name).sorted().toList();
        if (!actual.equals(expected)) {
            throw failure("Expecting the vectorizers to be <%s>, but they are <%s>", expected, actual);
        }
        for (VectorizerInspection inspection : inspections) {
            if (!inspection.isWhole()) {
                throw failure(
                        "Expecting vectorizer %s to be whole, but %s",
                        inspection.name(), Damages.text(inspection.damages()));
            }
        }
        return this;
    }

    /**
     * The database has these vectorizers as they are defined, whole. Others do not matter.
     *
     * @param definitions what should be there
     * @return this
     * @throws AssertionError when it is not so: the message is the plan that would make it so
     * @see Pgai#plan
     */
    public PgaiAssert matches(VectorizerDefinition... definitions) {
        return matches(DesiredState.of(List.of(definitions)));
    }

    /**
     * The database is as desired: what is declared is there and whole, and what is removed is not there. Others do not
     * matter.
     *
     * @param desired what should be there, and what should not
     * @return this
     * @throws AssertionError when it is not so: the message is the plan that would make it so
     * @see Pgai#plan
     */
    public PgaiAssert matches(DesiredState desired) {
        VectorizerPlan plan = database.pgai().plan(desired);
        if (plan.isDrift()) {
            throw failure("Expecting the database to be as desired, but it takes %s", plan);
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
