package dev.pgai.liquibase;

import dev.pgai.sql.VectorizerSql;
import java.util.Map;
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
public final class EnableVectorizerChange extends VectorizerChange {

    private String name = "";

    /** For Liquibase, which loads the options afterwards. */
    public EnableVectorizerChange() {}

    /**
     * A change for a changelog that is built in Java.
     *
     * @param name the vectorizer
     */
    public EnableVectorizerChange(String name) {
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
        return VectorizerSql.enable(name);
    }

    @Override
    Boolean expected() {
        return true;
    }

    @Override
    protected Change[] createInverses() {
        return new Change[] {new DisableVectorizerChange(name)};
    }

    @Override
    public String getConfirmationMessage() {
        return "Vectorizer " + name + " enabled";
    }
}
