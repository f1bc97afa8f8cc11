package dev.pgai.mybatis.mapper;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.AppliedChange;
import dev.pgai.database.CreatedVectorizer;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.jdbc.Pgai;
import dev.pgai.mybatis.type.PgaiTypeHandler;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Options.FlushCachePolicy;
import org.apache.ibatis.annotations.Result;
import org.apache.ibatis.annotations.ResultType;
import org.apache.ibatis.annotations.Results;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.session.ResultHandler;
import org.jspecify.annotations.Nullable;

/**
 * The vectorizers of a database, in the transaction of the session. {@code session.commit()} keeps what was done,
 * {@code session.rollback()} leaves nothing of it, also when there was no other statement. With mybatis-spring it is
 * the transaction of the caller, or one of its own for each call where there is none.
 *
 * <p>Needs MyBatis 3.5.12 or newer. The operations, their checks, their log and their exceptions are those of
 * {@link Pgai}, and the exceptions come out as they are, not inside one of MyBatis's. What is not here is there in
 * {@link #call}.
 */
@Mapper
public interface VectorizerMapper {

    /**
     * As {@link Pgai#apply(VectorizerChange)}.
     *
     * @param change what to do
     * @return what was done
     */
    default AppliedChange apply(VectorizerChange change) {
        return call(pgai -> pgai.apply(change));
    }

    /**
     * As {@link Pgai#create(VectorizerDefinition)}.
     *
     * @param definition what to create
     * @return its id and name
     */
    default CreatedVectorizer create(VectorizerDefinition definition) {
        return call(pgai -> pgai.create(definition));
    }

    /**
     * As {@link Pgai#createIfAbsent(VectorizerDefinition)}.
     *
     * @param definition what to create
     * @return its id and name, and whether this call created it
     */
    default CreatedVectorizer createIfAbsent(VectorizerDefinition definition) {
        return call(pgai -> pgai.createIfAbsent(definition));
    }

    /**
     * As {@link Pgai#drop(String, Embeddings)}.
     *
     * @param name the vectorizer
     * @param embeddings whether store and view are dropped, too; the column of a column destination always stays
     */
    default void drop(String name, Embeddings embeddings) {
        call(pgai -> {
            pgai.drop(name, embeddings);
            return true;
        });
    }

    /**
     * As {@link Pgai#dropIfExists(String, Embeddings)}.
     *
     * @param name the vectorizer
     * @param embeddings whether store and view are dropped, too; the column of a column destination always stays
     * @return whether it was there
     */
    default boolean dropIfExists(String name, Embeddings embeddings) {
        return call(pgai -> pgai.dropIfExists(name, embeddings));
    }

    /**
     * As {@link Pgai#exists(String)}.
     *
     * @param name the vectorizer
     * @return whether there is one of exactly this name, that works
     */
    default boolean exists(String name) {
        return call(pgai -> pgai.exists(name));
    }

    /**
     * As {@link Pgai#find(String)}.
     *
     * @param name the vectorizer
     * @return the vectorizer, or empty when there is none of exactly this name
     */
    default Optional<StoredVectorizer> find(String name) {
        return call(pgai -> pgai.find(name));
    }

    /**
     * As {@link Pgai#list()}.
     *
     * @return an unmodifiable list in the order of ids
     */
    default List<StoredVectorizer> list() {
        return call(Pgai::list);
    }

    /**
     * As {@link Pgai#enable(String)}.
     *
     * @param name the vectorizer
     */
    default void enable(String name) {
        call(pgai -> {
            pgai.enable(name);
            return true;
        });
    }

    /**
     * As {@link Pgai#disable(String)}.
     *
     * @param name the vectorizer
     */
    default void disable(String name) {
        call(pgai -> {
            pgai.disable(name);
            return true;
        });
    }

    /**
     * Does anything that {@link Pgai} can, in the transaction of the session.
     *
     * @param work what to do; {@code Pgai} must not be kept, because its connection is the session's
     * @param <T> what it gives
     * @return what the work returned
     */
    default <T extends @Nullable Object> T call(Function<Pgai, T> work) {
        return new SessionCall<T>(work).in(this::inSession);
    }

    /**
     * How {@link #call} gets at the session's connection; not for callers. Work on the connection alone would leave the
     * session clean for MyBatis, which then neither commits nor rolls back but closes, and the closing commits. A
     * statement that says that it affects data makes the session dirty before the work begins.
     *
     * @param handler is given the vectorizers as the value of {@code pgai}, once
     */
    @Select(value = "select 1 as pgai", affectData = true)
    @Options(flushCache = FlushCachePolicy.TRUE)
    @ResultType(Map.class)
    @Results(@Result(property = "pgai", column = "pgai", javaType = Pgai.class, typeHandler = PgaiTypeHandler.class))
    void inSession(ResultHandler<Map<String, Pgai>> handler);
}
