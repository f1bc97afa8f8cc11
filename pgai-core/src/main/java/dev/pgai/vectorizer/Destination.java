package dev.pgai.vectorizer;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the embeddings go: the argument {@code destination}. */
public sealed interface Destination extends Option permits Destination.Table, Destination.Column, Destination.Unknown {

    @Override
    default String configType() {
        return "destination";
    }

    /**
     * A table of its own beside the source, with a view that joins both: {@code ai.destination_table}, since pgai 0.10.
     * This is the catalog's default.
     *
     * @return the option
     */
    static Table table() {
        return new Table(null, null, null, null, null);
    }

    /**
     * A table of its own beside the source, with a view that joins both: {@code ai.destination_table}, since pgai 0.10.
     *
     * @param destination the name of the view; the table is named the same with {@code _store} after it
     * @return the option
     * @throws InvalidArgumentException when null, empty, or longer than 63 bytes
     */
    static Table table(String destination) {
        return new Table(Check.given("destination.destination", destination), null, null, null, null);
    }

    /**
     * A column of the source table: {@code ai.destination_column}, since pgai 0.10. Needs {@link Chunking#none()}. The
     * catalog adds the column when it is missing, takes it over when it is there, and never drops it.
     *
     * @param embeddingColumn the column for the embedding
     * @return the option
     * @throws InvalidArgumentException when null, empty, or longer than 63 bytes
     */
    static Column column(String embeddingColumn) {
        return new Column(embeddingColumn);
    }

    /**
     * {@code ai.destination_table}.
     *
     * @param destination the name that view and table are made from, or null for the name of the source with
     *     {@code _embedding} after it
     * @param targetSchema the schema of the table, or null for the schema of the source
     * @param targetTable the name of the table, or null for {@code destination} with {@code _store} after it
     * @param viewSchema the schema of the view; the catalog up to 0.12.1 ignores it, or null for the schema of the
     *     source
     * @param viewName the name of the view, or null for {@code destination}
     */
    record Table(
            @Nullable String destination,
            @Nullable String targetSchema,
            @Nullable String targetTable,
            @Nullable String viewSchema,
            @Nullable String viewName)
            implements Destination {

        /**
         * Checks the arguments.
         *
         * @param destination the argument {@code destination}
         * @param targetSchema the argument {@code target_schema}
         * @param targetTable the argument {@code target_table}
         * @param viewSchema the argument {@code view_schema}
         * @param viewName the argument {@code view_name}
         * @throws InvalidArgumentException when a name is empty or longer than 63 bytes
         */
        public Table {
            Check.optionalIdentifier("destination.destination", destination);
            Check.optionalIdentifier("destination.target_schema", targetSchema);
            Check.optionalIdentifier("destination.target_table", targetTable);
            Check.optionalIdentifier("destination.view_schema", viewSchema);
            Check.optionalIdentifier("destination.view_name", viewName);
        }

        /**
         * Sets the name that view and table are made from.
         *
         * @param destination 1 to 63 bytes; by default the name of the source with {@code _embedding} after it
         * @return a copy
         * @throws InvalidArgumentException when null, empty, or longer than 63 bytes
         */
        public Table withDestination(String destination) {
            return new Table(
                    Check.given("destination.destination", destination),
                    targetSchema,
                    targetTable,
                    viewSchema,
                    viewName);
        }

        /**
         * Sets the schema of the table.
         *
         * @param targetSchema 1 to 63 bytes; by default the schema of the source
         * @return a copy
         * @throws InvalidArgumentException when null, empty, or longer than 63 bytes
         */
        public Table withTargetSchema(String targetSchema) {
            return new Table(
                    destination,
                    Check.given("destination.target_schema", targetSchema),
                    targetTable,
                    viewSchema,
                    viewName);
        }

        /**
         * Sets the name of the table.
         *
         * @param targetTable 1 to 63 bytes; by default {@code destination} with {@code _store} after it
         * @return a copy
         * @throws InvalidArgumentException when null, empty, or longer than 63 bytes
         */
        public Table withTargetTable(String targetTable) {
            return new Table(
                    destination,
                    targetSchema,
                    Check.given("destination.target_table", targetTable),
                    viewSchema,
                    viewName);
        }

        /**
         * Sets the schema of the view; the catalog up to 0.12.1 ignores it.
         *
         * @param viewSchema 1 to 63 bytes; by default the schema of the source
         * @return a copy
         * @throws InvalidArgumentException when null, empty, or longer than 63 bytes
         */
        public Table withViewSchema(String viewSchema) {
            return new Table(
                    destination,
                    targetSchema,
                    targetTable,
                    Check.given("destination.view_schema", viewSchema),
                    viewName);
        }

        /**
         * Sets the name of the view.
         *
         * @param viewName 1 to 63 bytes; by default {@code destination}
         * @return a copy
         * @throws InvalidArgumentException when null, empty, or longer than 63 bytes
         */
        public Table withViewName(String viewName) {
            return new Table(
                    destination, targetSchema, targetTable, viewSchema, Check.given("destination.view_name", viewName));
        }

        @Override
        public String implementation() {
            return "table";
        }

        @Override
        public Map<String, Object> arguments() {
            return new Arguments()
                    .set("destination", destination)
                    .set("target_schema", targetSchema)
                    .set("target_table", targetTable)
                    .set("view_schema", viewSchema)
                    .set("view_name", viewName)
                    .toMap();
        }
    }

    /**
     * {@code ai.destination_column}.
     *
     * @param embeddingColumn the column for the embedding
     */
    record Column(String embeddingColumn) implements Destination {

        /**
         * Checks the arguments.
         *
         * @param embeddingColumn the argument {@code embedding_column}
         * @throws InvalidArgumentException when null, empty, or longer than 63 bytes
         */
        public Column {
            Check.identifier("destination.embedding_column", embeddingColumn);
        }

        @Override
        public String implementation() {
            return "column";
        }

        @Override
        public Map<String, Object> arguments() {
            return new Arguments().set("embedding_column", embeddingColumn).toMap();
        }
    }

    /**
     * An implementation that this version of the library does not know, or a known one with keys that are new, as the
     * catalog stores it.
     *
     * @param config the whole stored config, {@code config_type} and {@code implementation} included
     */
    record Unknown(Map<String, Object> config) implements Destination, UnknownOption {

        /**
         * Copies the config deeply and checks that it says what it is.
         *
         * @param config as above
         * @throws InvalidArgumentException when {@code config_type} is not {@code destination}, {@code implementation}
         *     is not text, or a value is not a JSON value
         */
        public Unknown {
            config = StoredConfig.copyOf("destination", config);
        }

        @Override
        public String toString() {
            return StoredConfig.toString(config);
        }
    }
}
