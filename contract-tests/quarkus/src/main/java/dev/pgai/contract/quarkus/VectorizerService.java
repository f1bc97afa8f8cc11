package dev.pgai.contract.quarkus;

import dev.pgai.jdbc.Pgai;
import dev.pgai.quarkus.TransactionalPgai;
import dev.pgai.vectorizer.VectorizerDefinition;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;

/** What the application does with its vectorizers. */
@ApplicationScoped
class VectorizerService {

    private final Pgai pgai;
    private final Pgai alone;
    private final Pgai joiningNothing;
    private final EntityManager entities;
    private final Flyway flyway;

    VectorizerService(
            Pgai pgai,
            javax.sql.DataSource dataSource,
            @DataSource("alone") javax.sql.DataSource alone,
            TransactionSynchronizationRegistry transactions,
            EntityManager entities,
            Flyway flyway) {
        this.pgai = pgai;
        this.alone = TransactionalPgai.on(alone, transactions);
        this.joiningNothing = Pgai.on(dataSource);
        this.entities = entities;
        this.flyway = flyway;
    }

    @Transactional
    public void create(VectorizerDefinition definition) {
        pgai.create(definition);
    }

    @Transactional
    public void createAndFail(VectorizerDefinition definition) {
        create(definition);
        throw new IllegalStateException("after it");
    }

    /** Gives the work whatever is asked for, in a transaction. */
    @Transactional
    public void inTransaction(Consumer<VectorizerService> work) {
        work.accept(this);
    }

    @Transactional
    public void execute(String sql) {
        entities.createNativeQuery(sql).executeUpdate();
    }

    @Transactional
    public long count(String table) {
        Number rows = (Number) entities.createNativeQuery("select count(*) from " + table, Long.class)
                .getSingleResult();
        return rows.longValue();
    }

    Pgai pgai() {
        return pgai;
    }

    /** On the data source that takes part in no transaction. */
    Pgai alone() {
        return alone;
    }

    Pgai joiningNothing() {
        return joiningNothing;
    }

    EntityManager entities() {
        return entities;
    }

    Flyway flyway() {
        return flyway;
    }
}
