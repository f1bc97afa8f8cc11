package db.migration;

import dev.pgai.change.VectorizerChange;
import dev.pgai.contract.quarkus.Vectorizers;
import dev.pgai.flyway.VectorizerMigration;
import java.util.List;

/** Found by Quarkus when it builds. */
public class V2__Create_blog_vectorizer extends VectorizerMigration {

    /** For Flyway. */
    public V2__Create_blog_vectorizer() {}

    @Override
    protected List<VectorizerChange> changes() {
        return List.of(VectorizerChange.create(Vectorizers.BLOG));
    }
}
