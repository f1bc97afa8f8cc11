package dev.pgai.contract.mybatis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pgai.database.SourceNotFoundException;
import dev.pgai.database.VectorizerDiffersException;
import dev.pgai.database.VectorizerExistsException;
import dev.pgai.database.VectorizerNotFoundException;
import dev.pgai.mybatis.mapper.VectorizerMapper;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.SQLException;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.SqlSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Whatever is done, it is in the transaction of the session. */
class VectorizerMapperTest {

    private static final VectorizerDefinition DEFINITION = PostDatabase.DEFINITION;
    private static final String NOTHING = "0 0 0";
    private static final String POSTS = "1 1 2";

    private PostDatabase database;

    @BeforeEach
    void createDatabase() throws Exception {
        database = new PostDatabase();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource(ExecutorType.class)
    void rollback_leaves_nothing_when_there_was_no_other_statement(ExecutorType type) throws SQLException {
        try (SqlSession session = database.sessions().openSession(type)) {
            session.getMapper(VectorizerMapper.class).create(DEFINITION);
            session.rollback();
        }
        assertThat(database.committed()).isEqualTo(NOTHING);
    }

    @Test
    void closing_without_commit_leaves_nothing() throws SQLException {
        try (SqlSession session = database.sessions().openSession()) {
            session.getMapper(VectorizerMapper.class).createIfAbsent(DEFINITION);
        }
        assertThat(database.committed()).isEqualTo(NOTHING);
    }

    @ParameterizedTest
    @EnumSource(ExecutorType.class)
    void commit_keeps_it_when_there_was_no_other_statement(ExecutorType type) throws SQLException {
        try (SqlSession session = database.sessions().openSession(type)) {
            VectorizerMapper vectorizers = session.getMapper(VectorizerMapper.class);

            vectorizers.create(DEFINITION);
            assertThat(database.committed()).isEqualTo(NOTHING);
            session.commit();

            assertThat(database.committed()).isEqualTo(POSTS);
            vectorizers.drop("posts", Embeddings.DROP);
            session.rollback();
            assertThat(database.committed()).isEqualTo(POSTS);
            vectorizers.drop("posts", Embeddings.DROP);
            session.commit();
            assertThat(database.committed()).isEqualTo(NOTHING);
        }
    }

    @Test
    void it_shares_the_transaction_with_the_users_statements() throws SQLException {
        try (SqlSession session = database.sessions().openSession()) {
            PostMapper posts = session.getMapper(PostMapper.class);
            posts.insert(1, "ann", "one");
            assertThat(posts.vectorizers()).isZero();

            session.getMapper(VectorizerMapper.class).create(DEFINITION);

            // The same statement, and its result is not taken from the session's cache.
            assertThat(posts.vectorizers()).isOne();
            posts.insertEmbedding(1, 0, new float[PostDatabase.DIMENSIONS]);
            session.rollback();
        }
        assertThat(database.committed()).isEqualTo(NOTHING);
        assertThat(database.query("select count(*) from post")).isEqualTo("0");
    }

    @Test
    void each_call_of_a_session_in_autocommit_is_kept() throws SQLException {
        try (SqlSession session = database.sessions().openSession(true)) {
            session.getMapper(VectorizerMapper.class).create(DEFINITION);
            assertThat(database.committed()).isEqualTo(POSTS);
        }
    }

    @Test
    void all_operations() {
        try (SqlSession session = database.sessions().openSession()) {
            VectorizerMapper vectorizers = session.getMapper(VectorizerMapper.class);

            assertThat(vectorizers.exists("posts")).isFalse();
            assertThat(vectorizers.find("posts")).isEmpty();
            assertThat(vectorizers.createIfAbsent(DEFINITION).created()).isTrue();
            assertThat(vectorizers.createIfAbsent(DEFINITION).created()).isFalse();
            assertThat(vectorizers.exists("posts")).isTrue();
            vectorizers.disable("posts");
            assertThat(vectorizers.find("posts").orElseThrow().enabled()).isFalse();
            vectorizers.enable("posts");
            assertThat(vectorizers.list()).hasSize(1).allMatch(vectorizer -> vectorizer.enabled());
            assertThat(vectorizers.<Boolean>call(
                            pgai -> pgai.managedObjects().containsRelation(null, "post_embeddings")))
                    .isTrue();
            assertThat(vectorizers.dropIfExists("posts", Embeddings.KEEP)).isTrue();
            assertThat(vectorizers.dropIfExists("posts", Embeddings.KEEP)).isFalse();
        }
    }

    /** A script of MyBatis would have made something else of it. */
    @Test
    void a_template_is_stored_as_it_is() {
        try (SqlSession session = database.sessions().openSession()) {
            VectorizerMapper vectorizers = session.getMapper(VectorizerMapper.class);

            vectorizers.create(DEFINITION);

            assertThat(vectorizers.find("posts").orElseThrow().definition().formatting())
                    .isEqualTo(Formatting.pythonTemplate("${title} #{url} $chunk"));
        }
    }

    @Test
    void exceptions_are_those_of_pgai() {
        try (SqlSession session = database.sessions().openSession()) {
            VectorizerMapper vectorizers = session.getMapper(VectorizerMapper.class);

            // These come from a look, and the transaction goes on.
            assertThatExceptionOfType(VectorizerNotFoundException.class)
                    .isThrownBy(() -> vectorizers.drop("nope", Embeddings.KEEP));
            assertThatExceptionOfType(SourceNotFoundException.class)
                    .isThrownBy(() -> vectorizers.create(VectorizerDefinition.builder(
                                    RelationName.of("public", "nope"), Loading.column("c"), DEFINITION.embedding())
                            .build()));
            vectorizers.create(DEFINITION);
            assertThatExceptionOfType(VectorizerDiffersException.class)
                    .isThrownBy(() -> vectorizers.createIfAbsent(DEFINITION.toBuilder()
                            .formatting(Formatting.pythonTemplate("$chunk"))
                            .build()));
            assertThatExceptionOfType(VectorizerExistsException.class)
                    .isThrownBy(() -> vectorizers.create(DEFINITION))
                    .withMessageContaining(DEFINITION.name());
        }
    }

    @Test
    void a_change_is_logged_once() {
        Logger logger = (Logger) LoggerFactory.getLogger("dev.pgai.jdbc");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try (SqlSession session = database.sessions().openSession()) {
            session.getMapper(VectorizerMapper.class).create(DEFINITION);
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("Created vectorizer posts (id 1) on public.post");
    }
}
