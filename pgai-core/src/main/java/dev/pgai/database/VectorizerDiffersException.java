package dev.pgai.database;

import dev.pgai.vectorizer.DefinitionDifference;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A vectorizer of this name exists, with another definition. */
public final class VectorizerDiffersException extends RefusedException {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final transient @Nullable List<DefinitionDifference> differences;

    /**
     * Makes an exception.
     *
     * @param name the vectorizer
     * @param id its id
     * @param differences each value that differs, one at least
     */
    public VectorizerDiffersException(String name, int id, List<DefinitionDifference> differences) {
        this(name, differences, problem(name, id, differences));
    }

    private VectorizerDiffersException(String name, List<DefinitionDifference> differences, Problem problem) {
        super(problem.sentences(), List.of(problem), null, null, null);
        this.name = name;
        this.differences = List.copyOf(differences);
    }

    private static Problem problem(String name, int id, List<DefinitionDifference> differences) {
        return Problem.of(
                Problem.Code.VECTORIZER_DIFFERS,
                "name",
                name,
                "Vectorizer \"" + name + "\" exists (id " + id + ") with another definition: "
                        + differences.stream()
                                .map(DefinitionDifference::toString)
                                .collect(Collectors.joining("; "))
                        + ".",
                "Correct the definition, give it another name, or drop the vectorizer first.");
    }

    /**
     * The vectorizer.
     *
     * @return its name
     */
    public String name() {
        return name;
    }

    /**
     * Each value that differs.
     *
     * @return an unmodifiable list with one element at least; empty after serialization
     */
    public List<DefinitionDifference> differences() {
        return differences == null ? List.of() : differences;
    }
}
