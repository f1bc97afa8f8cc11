package dev.pgai.liquibase;

import dev.pgai.sql.VectorizerSql;
import liquibase.change.Change;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;

/**
 * The change {@code enableVectorizer}: {@code ai.enable_vectorizer_schedule}. Lets the worker work for a vectorizer
 * again. Its option is {@code name}, the vectorizer. Its rollback is {@code disableVectorizer}.
 */
@DatabaseChange(
        name = "enableVectorizer",
        description = "Lets the worker work for a vectorizer again",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class EnableVectorizerChange extends ScheduleChange {

    /** For Liquibase, which loads the options afterwards. */
    public EnableVectorizerChange() {
        super("");
    }

    /**
     * A change for a changelog that is built in Java.
     *
     * @param name the vectorizer
     */
    public EnableVectorizerChange(String name) {
        super(name);
    }

    @Override
    String sql() {
        return VectorizerSql.enable(vectorizer());
    }

    @Override
    protected Change[] createInverses() {
        return new Change[] {new DisableVectorizerChange(vectorizer())};
    }

    @Override
    public String getConfirmationMessage() {
        return "Vectorizer " + vectorizer() + " enabled";
    }
}
