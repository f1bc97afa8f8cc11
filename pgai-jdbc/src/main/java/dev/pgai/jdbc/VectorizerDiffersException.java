package dev.pgai.jdbc;

import dev.pgai.vectorizer.DefinitionDifference;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A vectorizer of this name exists, with another definition. */
public final class VectorizerDiffersException extends PgaiDatabaseException {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final transient @Nullable List<DefinitionDifference> differences;

    VectorizerDiffersException(String name, int id, List<DefinitionDifference> differences) {
        super(
                "Vectorizer \"" + name + "\" exists (id " + id + ") with another definition: "
                        + differences.stream()
                                .map(DefinitionDifference::toString)
                                .collect(Collectors.joining("; "))
                        + ". Correct the definition, give it another name, or drop the vectorizer first.",
                null,
                null);
        this.name = name;
        this.differences = List.copyOf(differences);
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
     * @return an unmodifiable list with one element at least
     */
    public List<DefinitionDifference> differences() {
        return Objects.requireNonNull(differences, "lost in serialization");
    }
}
