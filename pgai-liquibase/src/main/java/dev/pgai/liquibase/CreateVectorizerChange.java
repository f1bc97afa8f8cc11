package dev.pgai.liquibase;

import dev.pgai.jdbc.Pgai;
import dev.pgai.jdbc.Problem;
import dev.pgai.sql.VectorizerSql;
import dev.pgai.vectorizer.InvalidDefinitionException;
import dev.pgai.vectorizer.VectorizerDefinition;
import dev.pgai.vectorizer.VectorizerJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;
import org.jspecify.annotations.Nullable;

/**
 * The change {@code createVectorizer}: {@code ai.create_vectorizer}. Its options are those of
 * {@link VectorizerJson#readLoose}; {@code name} is required.
 *
 * <p>Its rollback is by itself: the vectorizer of this name is dropped, with its embeddings. That holds for one that
 * was there before, too, when {@code if_not_exists} is set.
 */
@DatabaseChange(
        name = "createVectorizer",
        description = "Creates a pgai vectorizer",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class CreateVectorizerChange extends VectorizerChange {

    private @Nullable VectorizerDefinition definition;

    /** For Liquibase, which loads the options afterwards. */
    public CreateVectorizerChange() {}

    /**
     * A change for a changelog that is built in Java.
     *
     * @param definition what to create; must have a name
     * @throws InvalidDefinitionException when it has none
     */
    public CreateVectorizerChange(VectorizerDefinition definition) {
        this.definition = named(definition);
    }

    /**
     * What is created.
     *
     * @return the definition
     * @throws liquibase.exception.UnexpectedLiquibaseException when the options that were loaded are no definition
     */
    public VectorizerDefinition definition() {
        valid();
        return Objects.requireNonNull(definition, "no options were loaded");
    }

    @Override
    void read(Map<String, Object> values) {
        definition = named(VectorizerJson.readLoose(values));
    }

    private static VectorizerDefinition named(VectorizerDefinition definition) {
        if (definition.name() == null) {
            throw new InvalidDefinitionException(
                    "name", null, "it is required", "The rollback of the change drops by name: give one.");
        }
        return definition;
    }

    @Override
    Map<String, Object> values() {
        return VectorizerJson.toMap(definition());
    }

    @Override
    String vectorizer() {
        return Objects.requireNonNull(definition().name(), "checked when it was read");
    }

    @Override
    String sql() {
        return VectorizerSql.create(definition());
    }

    /** All that the facade's check finds, and its warnings into the log. */
    @Override
    List<String> obstacles(Pgai pgai) {
        List<String> errors = new ArrayList<>();
        for (Problem problem : pgai.check(definition())) {
            if (problem.severity() == Problem.Severity.WARNING) {
                Scope.getCurrentScope().getLog(getClass()).warning(vectorizer() + ": " + problem);
            } else if (problem.code() == Problem.Code.VECTORIZER_EXISTS) {
                errors.add("a vectorizer " + vectorizer() + " is there already. Choose another name, or let the change"
                        + " set be skipped by the precondition <not><vectorizerExists/></not>.");
            } else {
                errors.add(problem.toString());
            }
        }
        return errors;
    }

    @Override
    protected Change[] createInverses() {
        return new Change[] {new DropVectorizerChange(vectorizer())};
    }

    @Override
    public String getConfirmationMessage() {
        return "Vectorizer " + vectorizer() + " created on " + definition().source();
    }
}
