package dev.pgai.liquibase;

import dev.pgai.sql.VectorizerSql;
import java.util.Map;
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
public final class DisableVectorizerChange extends VectorizerChange {

    private String name = "";

    /** For Liquibase, which loads the options afterwards. */
    public DisableVectorizerChange() {}

    /**
     * A change for a changelog that is built in Java.
     *
     * @param name the vectorizer
     */
    public DisableVectorizerChange(String name) {
        this.name = name;
    }

    @Override
    void read(Map<String, Object> values) {
        ChangeOptions options = new ChangeOptions(values);
        name = options.text("name");
        options.refuseOthers();
    }

    @Override
    Map<String, Object> values() {
        return Map.of("name", name);
    }

    @Override
    String vectorizer() {
        return name;
    }

    @Override
    String sql() {
        return VectorizerSql.disable(name);
    }

    @Override
    Boolean expected() {
        return true;
    }

    @Override
    protected Change[] createInverses() {
        return new Change[] {new EnableVectorizerChange(name)};
    }

    @Override
    public String getConfirmationMessage() {
        return "Vectorizer " + name + " disabled";
    }
}
