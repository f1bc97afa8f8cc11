package db.migration;

import com.example.quarkus.Blog;
import dev.pgai.change.VectorizerChange;
import dev.pgai.flyway.VectorizerMigration;
import java.util.List;

/** Found by Quarkus beside the SQL migrations. */
public class V2__Create_blog_vectorizer extends VectorizerMigration {

    @Override
    protected List<VectorizerChange> changes() {
        return List.of(VectorizerChange.create(Blog.VECTORIZER));
    }
}
