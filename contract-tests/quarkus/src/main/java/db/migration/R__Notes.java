package db.migration;

import dev.pgai.contract.quarkus.Vectorizers;
import dev.pgai.flyway.RepeatableVectorizerMigration;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;

/** Found by Quarkus when it builds. */
public class R__Notes extends RepeatableVectorizerMigration {

    /** For Flyway. */
    public R__Notes() {}

    @Override
    protected List<VectorizerDefinition> definitions() {
        return List.of(Vectorizers.NOTES);
    }
}
