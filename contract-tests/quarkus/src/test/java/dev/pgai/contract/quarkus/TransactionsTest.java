package dev.pgai.contract.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.RefusedException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.junit.PgaiDatabase;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.VectorizerDefinition;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pool has three connections, as many as Flyway takes: what takes more waits, and fails. */
@QuarkusTest
@TestProfile(Migrated.class)
class TransactionsTest {

    private static final VectorizerDefinition BLOG = Vectorizers.BLOG;
    private static final VectorizerDefinition NOTES = Vectorizers.NOTES;

    @PgaiDatabase
    TestDatabase database;

    @Inject
    VectorizerService service;

    @BeforeEach
    void dropVectorizers() {
        service.pgai().list().forEach(vectorizer -> service.pgai().drop(vectorizer.name(), Embeddings.DROP));
    }

    /** For the next class of tests, which has the same application. */
    @AfterEach
    void createVectorizers() {
        service.pgai().createIfAbsent(BLOG);
        service.pgai().createIfAbsent(NOTES);
    }

    @Test
    void what_a_transaction_did_is_rolled_back_and_committed_with_it() {
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> service.createAndFail(BLOG));
        assertThat(committed()).isEmpty();

        service.create(BLOG);
        assertThat(committed()).containsExactly("blog");
    }

    @Test
    void what_is_done_in_a_transaction_is_seen_in_it_and_by_hibernate() {
        service.inTransaction(given -> {
            given.pgai().create(BLOG);
            given.entities()
                    .createNativeQuery("insert into blog values (1, 'title', 'content')")
                    .executeUpdate();

            assertThat(given.pgai().countPending("blog")).isEqualTo(1);
            assertThat(given.entities()
                            .createNativeQuery("select count(*) from blog_embeddings", Long.class)
                            .getSingleResult())
                    .isEqualTo(0L);
            assertThat(committed()).isEmpty();

            given.entities().createNativeQuery("delete from blog").executeUpdate();
        });
        assertThat(committed()).containsExactly("blog");
    }

    @Test
    void without_a_transaction_changes_are_done_or_not_together() {
        service.pgai().apply(List.of(VectorizerChange.create(BLOG), VectorizerChange.create(NOTES)));
        assertThat(committed()).containsExactlyInAnyOrder("blog", "notes");
        dropVectorizers();

        service.pgai().create(NOTES);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() ->
                        service.pgai().apply(List.of(VectorizerChange.create(BLOG), VectorizerChange.create(NOTES))));
        assertThat(committed()).containsExactly("notes");
    }

    @Test
    void a_data_source_that_takes_part_in_no_transaction_is_not_joined() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> service.inTransaction(given -> {
                    given.alone().apply(List.of(VectorizerChange.create(BLOG), VectorizerChange.create(NOTES)));
                    throw new IllegalStateException("after it");
                }));
        assertThat(committed()).containsExactlyInAnyOrder("blog", "notes");
    }

    @Test
    void what_joins_nothing_refuses_the_connection_of_a_transaction() {
        service.inTransaction(given -> assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> given.joiningNothing().create(BLOG))
                .withMessageContaining("inTransaction"));
        assertThat(committed()).isEmpty();

        service.joiningNothing().create(BLOG);
        assertThat(committed()).containsExactly("blog");
    }

    private List<String> committed() {
        return Pgai.on(database.dataSource()).list().stream()
                .map(vectorizer -> vectorizer.name())
                .toList();
    }
}
