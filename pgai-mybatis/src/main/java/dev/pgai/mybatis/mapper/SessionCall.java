package dev.pgai.mybatis.mapper;

import dev.pgai.jdbc.Pgai;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.ibatis.session.ResultContext;
import org.apache.ibatis.session.ResultHandler;
import org.jspecify.annotations.Nullable;

/** Works while the session reads a result, because its connection is sure to be open then. */
final class SessionCall<T extends @Nullable Object> implements ResultHandler<Map<String, Pgai>> {

    private final Function<Pgai, T> work;
    private @Nullable Outcome<T> outcome;
    private @Nullable RuntimeException failure;

    private record Outcome<T extends @Nullable Object>(T result) {}

    SessionCall(Function<Pgai, T> work) {
        this.work = Objects.requireNonNull(work, "work");
    }

    /** With the statement of a mapper that hands out the session's connection. */
    T in(Consumer<ResultHandler<Map<String, Pgai>>> statement) {
        try {
            statement.accept(this);
        } catch (RuntimeException wrapped) {
            throw failure == null ? wrapped : failure;
        }
        return Objects.requireNonNull(outcome, "MyBatis handed out no row").result();
    }

    /**
     * The failure goes through MyBatis, so that a session of one call is not committed, and comes out without its
     * wrapper.
     */
    @Override
    public void handleResult(ResultContext<? extends Map<String, Pgai>> context) {
        try {
            outcome = new Outcome<>(work.apply(context.getResultObject().get("pgai")));
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }
}
