package dev.pgai.database;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A vectorizer is in {@code ai.vectorizer}, and its objects are not what they should be. */
public final class VectorizerDamagedException extends RefusedException {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final transient @Nullable List<Damage> damages;

    /**
     * Makes an exception.
     *
     * @param operation what was to be done: {@code Cannot create vectorizer "blog"}
     * @param name the vectorizer
     * @param id its id
     * @param damages where it is damaged, one place at least
     */
    public VectorizerDamagedException(String operation, String name, int id, List<Damage> damages) {
        super(
                operation,
                damages.stream().map(damage -> problem(name, id, damage)).toList());
        this.name = name;
        this.damages = List.copyOf(damages);
    }

    private static Problem problem(String name, int id, Damage damage) {
        return Problem.of(
                Problem.Code.VECTORIZER_DAMAGED,
                "name",
                name,
                "There is vectorizer " + name + " (id " + id + "), and it is damaged: " + damage.code() + ", "
                        + damage.object() + ": " + damage.effect(),
                damage.hint());
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
     * Where it is damaged.
     *
     * @return an unmodifiable list with one element at least; empty after serialization
     */
    public List<Damage> damages() {
        return damages == null ? List.of() : damages;
    }
}
