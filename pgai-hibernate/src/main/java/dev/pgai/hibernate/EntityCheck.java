package dev.pgai.hibernate;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.HibernateException;
import org.hibernate.boot.Metadata;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.engine.config.spi.ConfigurationService;
import org.hibernate.mapping.PersistentClass;
import org.hibernate.service.ServiceRegistry;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Compares entities with what is in the database, when Hibernate starts. */
final class EntityCheck {

    private static final Logger LOG = Logger.getLogger("dev.pgai.hibernate");

    private static final String SETTING = "pgai.hibernate.check";

    private EntityCheck() {}

    /**
     * Checks, unless it is switched off.
     *
     * @throws RefusedException when an entity is not mapped as what is in the database needs it
     */
    static void of(Metadata metadata, ServiceRegistry registry) {
        Map<String, Object> settings =
                registry.requireService(ConfigurationService.class).getSettings();
        if (!isOn(settings.get(SETTING)) || !(metadata.getDatabase().getDialect() instanceof PostgreSQLDialect)) {
            return;
        }
        List<PersistentClass> about = metadata.getEntityBindings().stream()
                .filter(EntityCheck::isAbout)
                .toList();
        if (about.isEmpty()) {
            return;
        }
        refuse(about.stream()
                .flatMap(entity -> MappedAttribute.of(entity).stream())
                .filter(MappedAttribute::lacksVectorType)
                .map(EntityProblems::withoutVectorType)
                .toList());
        VectorizerObjects objects;
        try (ToolConnection connection = ToolConnection.of(registry, Map.of())) {
            objects = VectorizerObjects.of(connection.get(), metadata, settings);
        } catch (SQLException | HibernateException | UnsupportedOperationException | PgaiException e) {
            LOG.warn("Cannot compare with what vectorizers have made: " + names(about) + ". " + SchemaLook.reason(e));
            return;
        }
        if (objects.managed().isEmpty()) {
            LOG.warn("There is no catalog of pgai in the database, so that nothing is known of what these are on: "
                    + names(about) + ".");
            return;
        }
        EntityProblems problems = new EntityProblems(metadata, objects);
        problems.notThere().forEach(LOG::warn);
        refuse(problems.all());
    }

    private static boolean isOn(@Nullable Object value) {
        String text = value == null ? "true" : value.toString();
        if (!text.equals("true") && !text.equals("false")) {
            throw new InvalidArgumentException(
                    SETTING, text, "it must be true or false", "Leave it out to have entities checked.");
        }
        return text.equals("true");
    }

    /** Whether it says itself that it has to do with embeddings. */
    private static boolean isAbout(PersistentClass entity) {
        return MarkedTables.isMarked(entity)
                || MappedAttribute.of(entity).stream().anyMatch(MappedAttribute::isVector);
    }

    private static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new RefusedException("Cannot use the entities as they are mapped", problems);
        }
    }

    private static String names(Collection<PersistentClass> entities) {
        return entities.stream().map(PersistentClass::getEntityName).sorted().collect(Collectors.joining(", "));
    }
}
