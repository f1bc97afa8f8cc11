package dev.pgai.mybatis.generator;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.managed.ManagedObjects;
import dev.pgai.plan.DesiredState;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mybatis.generator.api.IntrospectedColumn;
import org.mybatis.generator.api.IntrospectedTable;
import org.mybatis.generator.api.PluginAdapter;
import org.mybatis.generator.codegen.ConnectionUtility;

/**
 * A plugin for MyBatis Generator 2 that generates nothing for pgai's tables and views: stores, views, queues, and all
 * in schema {@code ai}. Nor for the column of a column destination, on the user's own table, on its partitions, and on
 * views that show it: a generated update would write null over an embedding, and pgai queues no row for that.
 *
 * <pre>{@code
 * <plugin type="dev.pgai.mybatis.generator.ManagedTablesPlugin">
 *   <property name="definitions" value="src/main/resources/vectorizers.json"/>
 * </plugin>
 * }</pre>
 *
 * <p>Two properties, both optional: {@code stored}, {@code true} by default, asks the database that the generator
 * connects to; {@code definitions} is a file that {@link DesiredState#read} takes, and what they create counts, too. A
 * {@code <table>} without a schema may mean one in any schema: it is left out when every table of its name is pgai's,
 * and its column when one of them has it from pgai.
 *
 * <p>What cannot be read ends the generation with a {@link PgaiException}, as a property does that is not known.
 */
public class ManagedTablesPlugin extends PluginAdapter {

    private static final String STORED = "stored";
    private static final String DEFINITIONS = "definitions";

    private @Nullable Managed managed;

    private record Managed(ManagedObjects objects, SchemasOfTables schemas, EmbeddingColumns columns) {

        boolean contains(@Nullable String schema, String table) {
            Set<String> possible = schema == null ? schemas.of(table) : Set.of(schema);
            return !possible.isEmpty()
                    && possible.stream().allMatch(candidate -> objects.containsRelation(candidate, table));
        }

        boolean contains(@Nullable String schema, String table, String column) {
            Set<String> possible = schema == null ? schemas.of(table) : Set.of(schema);
            return possible.stream().anyMatch(candidate -> columns.contains(candidate, table, column));
        }
    }

    /** Makes a plugin; the generator does. */
    public ManagedTablesPlugin() {}

    /**
     * Checks the properties.
     *
     * @param warnings stays as it is: the generator would go on without a plugin that only warns
     * @return true
     * @throws PgaiException when a property is not known or has a wrong value
     */
    @Override
    public boolean validate(List<String> warnings) {
        for (String name : properties.stringPropertyNames()) {
            if (!Set.of(STORED, DEFINITIONS).contains(name)) {
                throw new PgaiException("Property \"" + name + "\" of "
                        + getClass().getSimpleName() + " is not known. Use stored or definitions.");
            }
        }
        if (!stored() && properties.getProperty(DEFINITIONS) == null) {
            throw new PgaiException("Property stored of " + getClass().getSimpleName()
                    + " is false and there are no definitions, so that nothing is pgai's. Set one of them, or remove"
                    + " the plugin.");
        }
        return true;
    }

    /**
     * Leaves out what is pgai's: the table, or a column of it. The generator asks this last before it generates; when
     * it calls {@link #initialized}, a table has no columns yet.
     *
     * @param table a table or view
     * @return whether code is generated for it
     * @throws PgaiException when the database or the file cannot be read
     */
    @Override
    public boolean shouldGenerate(IntrospectedTable table) {
        if (managed == null) {
            managed = read();
        }
        Managed known = managed;
        String schema = table.getFullyQualifiedTable().getIntrospectedSchema().orElse(null);
        String name = table.getFullyQualifiedTable().getIntrospectedTableName();
        if (known.contains(schema, name)) {
            return false;
        }
        Predicate<IntrospectedColumn> ofPgai = column -> known.contains(schema, name, column.getActualColumnName());
        table.getBaseColumns().removeIf(ofPgai);
        table.getBLOBColumns().removeIf(ofPgai);
        return true;
    }

    private Managed read() {
        List<VectorizerDefinition> declared = declared();
        try (Connection connection = ConnectionUtility.getConnection(context)) {
            ManagedObjects objects = ManagedObjects.declared(declared);
            if (stored()) {
                objects = Pgai.on(connection).managedObjects(declared).union(objects);
            }
            return new Managed(objects, SchemasOfTables.read(connection), EmbeddingColumns.read(connection, objects));
        } catch (SQLException e) {
            throw new PgaiException(
                    "Cannot read from the generator's database which tables are pgai's: " + e.getMessage(), e);
        }
    }

    private boolean stored() {
        String value = properties.getProperty(STORED, "true");
        if (!Set.of("true", "false").contains(value)) {
            throw new PgaiException("Property stored of " + getClass().getSimpleName() + " is refused: \"" + value
                    + "\". Give true or false.");
        }
        return value.equals("true");
    }

    private List<VectorizerDefinition> declared() {
        String file = properties.getProperty(DEFINITIONS);
        if (file == null) {
            return List.of();
        }
        try {
            return DesiredState.read(Files.readString(Path.of(file))).definitions();
        } catch (IOException | InvalidArgumentException e) {
            throw new PgaiException(
                    "Property definitions of " + getClass().getSimpleName() + ": cannot read "
                            + Path.of(file).toAbsolutePath() + ": " + e.getMessage(),
                    e);
        }
    }
}
