package dev.pgai.jdbc;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A definition does not work on this database: {@link Pgai#check} has errors. Nothing was tried. When all errors are of
 * one kind that has its own exception, that one is thrown instead: {@link SourceNotFoundException},
 * {@link MissingRightsException}, {@link VectorizerExistsException}.
 */
public final class DefinitionRefusedException extends PgaiDatabaseException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable List<Problem> problems;

    DefinitionRefusedException(String doing, List<Problem> problems) {
        super(doing + ": " + text(problems), null, null);
        this.problems = List.copyOf(problems);
    }

    private static String text(List<Problem> problems) {
        return problems.size() == 1
                ? problems.get(0).toString()
                : IntStream.range(0, problems.size())
                        .mapToObj(i -> "(" + (i + 1) + ") " + problems.get(i))
                        .collect(Collectors.joining(" "));
    }

    /**
     * All errors of the definition on this database.
     *
     * @return an unmodifiable list with one element at least, without warnings
     */
    public List<Problem> problems() {
        return Objects.requireNonNull(problems, "lost in serialization");
    }
}
