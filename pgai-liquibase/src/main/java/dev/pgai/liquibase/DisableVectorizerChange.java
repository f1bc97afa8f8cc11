package dev.pgai.liquibase;

import dev.pgai.sql.VectorizerSql;
import liquibase.change.Change;
import liquibase.change.ChangeMetaData;
import liquibase.change.DatabaseChange;

/**
 * The change {@code disableVectorizer}: {@code ai.disable_vectorizer_schedule}. Keeps the worker from working for a
 * vectorizer; rows are queued all the same. Its option is {@code name}, the vectorizer. Its rollback is
 * {@code enableVectorizer}.
 */
@DatabaseChange(
        name = "disableVectorizer",
        description = "Keeps the worker from working for a vectorizer; rows are queued all the same",
        priority = ChangeMetaData.PRIORITY_DEFAULT)
public final class DisableVectorizerChange extends ScheduleChange {

    /** For Liquibase, which loads the options afterwards. */
    public DisableVectorizerChange() {
        super("");
    }

    /**
     * A change for a changelog that is built in Java.
     *
     * @param name the vectorizer
     */
    public DisableVectorizerChange(String name) {
        super(name);
    }

    @Override
    String sql() {
        return VectorizerSql.disable(vectorizer());
    }

    @Override
    protected Change[] createInverses() {
        return new Change[] {new EnableVectorizerChange(vectorizer())};
    }

    @Override
    public String getConfirmationMessage() {
        return "Vectorizer " + vectorizer() + " disabled";
    }
}
