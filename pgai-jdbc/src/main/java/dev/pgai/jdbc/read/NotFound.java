package dev.pgai.jdbc.read;

import dev.pgai.database.Problem;
import dev.pgai.database.VectorizerNotFoundException;
import dev.pgai.jdbc.catalog.CatalogLook;
import java.util.List;

/** What is said of a vectorizer that is not there. */
public final class NotFound {

    private static final String HINT = "Names are case-sensitive; Pgai.list() gives all.";

    private NotFound() {}

    public static VectorizerNotFoundException exception(CatalogLook look, String name) {
        Problem problem = problem(look, name);
        return new VectorizerNotFoundException(
                name, problem.message() + " " + problem.hint(), List.of(problem), null, null, null);
    }

    public static Problem problem(CatalogLook look, String name) {
        return Problem.of(
                Problem.Code.VECTORIZER_MISSING,
                "name",
                name,
                "There is no vectorizer \"" + name + "\" in database \"" + look.database() + "\".",
                HINT);
    }
}
