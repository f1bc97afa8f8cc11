package dev.pgai.jdbc.check;

import dev.pgai.database.Problem;
import dev.pgai.database.Problem.Code;
import dev.pgai.jdbc.catalog.Column;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.Parsing;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether the source has the key and the columns that a definition needs, and none that are in the way. */
public final class SourceChecks {

    private static final Set<String> TEXT_TYPES =
            Set.of("text", "character varying", "character", "bpchar", "\"char\"");

    /** The catalog leaves quotes out where it joins store and source; a reserved word passes there. */
    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[a-z_[^\\x00-\\x7F]][a-z0-9_$[^\\x00-\\x7F]]*");

    /** Columns of the store, which the view shows beside those of the source. */
    private static final Set<String> STORE_COLUMNS = Set.of("embedding_uuid", "chunk_seq", "embedding");

    /** Columns of the two queues, which hold the key, too. */
    private static final Set<String> QUEUE_COLUMNS =
            Set.of("queued_at", "loading_retries", "loading_retry_after", "created_at", "failure_step");

    /** Built-in types that the worker's driver, psycopg, cannot send in the binary form in which it fills a store. */
    private static final Set<String> NOT_COPIED = Set.of(
            "character",
            "bpchar",
            "\"char\"",
            "money",
            "macaddr",
            "macaddr8",
            "bit",
            "bit varying",
            "pg_lsn",
            "xid8",
            "tid",
            "tsvector",
            "tsquery");

    private final VectorizerDefinition definition;
    private final char kind;
    private final List<Column> columns;
    private final List<Column> key;
    private final boolean toTable;
    private final List<Problem> problems = new ArrayList<>();

    private SourceChecks(VectorizerDefinition definition, char kind, List<Column> columns, List<Column> key) {
        this.definition = definition;
        this.kind = kind;
        this.columns = columns;
        this.key = key;
        this.toTable = definition.destination() == null || definition.destination() instanceof Destination.Table;
    }

    /** What is wrong with a source of PostgreSQL's {@code relkind}. */
    public static List<Problem> problems(
            VectorizerDefinition definition, char kind, List<Column> columns, List<Column> key) {
        SourceChecks checks = new SourceChecks(definition, kind, columns, key);
        checks.check();
        return checks.problems;
    }

    /** Whether the view shows one of this name from the store. */
    public static boolean isOfStore(String column) {
        return column.equals("chunk") || STORE_COLUMNS.contains(column);
    }

    private void check() {
        checkKey();
        checkReservedColumns();
        checkLoading();
        checkTemplate();
    }

    private void checkKey() {
        if (kind != 'r' && kind != 'p') {
            add(
                    Code.SOURCE_NOT_A_TABLE,
                    "source",
                    definition.source().toString(),
                    "It is " + RelationKinds.name(kind) + ", and only a table can have the primary key that"
                            + " a vectorizer needs.",
                    "Take the table that the rows are in.");
        } else if (key.isEmpty()) {
            add(
                    Code.KEY_MISSING,
                    "source",
                    definition.source().toString(),
                    "The table has no primary key.",
                    "Add one: a unique constraint is not enough.");
        } else if (toTable) {
            key.forEach(this::checkKeyColumn);
        }
    }

    private void checkKeyColumn(Column column) {
        if (!NEEDS_NO_QUOTES.matcher(column.name()).matches()) {
            add(
                    Code.KEY_NEEDS_QUOTES,
                    "source",
                    column.name(),
                    "The key column \"" + column.name() + "\" needs quotes in SQL, and the catalog leaves them out"
                            + " where it makes the view of a table destination.",
                    "Rename the column, or use a column destination.");
        }
        if (!column.builtIn() || NOT_COPIED.contains(column.type())) {
            add(
                    Code.KEY_TYPE,
                    "source",
                    column.fullType(),
                    "The key column \"" + column.name() + "\" is of type " + column.fullType() + ", which the worker"
                            + " cannot copy into the store of a table destination, so that every row would fail.",
                    "Give the column a type such as text, bigint or uuid, or use a column destination.");
        }
    }

    private void checkReservedColumns() {
        for (Column column : columns) {
            String owner = ownerOf(column);
            if (owner != null) {
                add(
                        Code.COLUMN_RESERVED,
                        "source",
                        column.name(),
                        "The source has a column \"" + column.name() + "\", and " + owner + ".",
                        "Rename it"
                                + (toTable && !key.contains(column) && STORE_COLUMNS.contains(column.name())
                                        ? ", or use a column destination."
                                        : "."));
            }
        }
    }

    private @Nullable String ownerOf(Column column) {
        String name = column.name();
        if (name.equals("chunk") && hasTemplate()) {
            return "a template means the chunk by this name";
        }
        if (toTable && STORE_COLUMNS.contains(name)) {
            return "the store has one of this name, too";
        }
        if (key.contains(column) && QUEUE_COLUMNS.contains(name)) {
            return "the queue, which holds the key, has one of this name, too";
        }
        if (name.equals("loading_retries") || (key.contains(column) && name.equals("locked"))) {
            return "the worker's own query has one of this name, too, and fails";
        }
        return null;
    }

    private boolean hasTemplate() {
        return definition.formatting() == null || definition.formatting() instanceof Formatting.PythonTemplate;
    }

    private void checkLoading() {
        Loading loading = definition.loading();
        if (loading instanceof Loading.Column column) {
            checkLoading(column.columnName(), false);
        } else if (loading instanceof Loading.Uri uri) {
            checkLoading(uri.columnName(), true);
        }
    }

    private void checkLoading(String name, boolean uri) {
        Column column = column(name).orElse(null);
        if (column == null) {
            add(
                    Code.LOADING_COLUMN_MISSING,
                    "loading.column_name",
                    name,
                    "The source has no column \"" + name + "\".",
                    "It has " + columnNames() + ".");
            return;
        }
        boolean bytes = column.type().equals("bytea");
        if (uri ? !TEXT_TYPES.contains(column.type()) : !bytes && !TEXT_TYPES.contains(column.type())) {
            add(
                    Code.LOADING_COLUMN_TYPE,
                    "loading.column_name",
                    column.fullType(),
                    "The column \"" + name + "\" is of type " + column.fullType() + ", and "
                            + (uri ? "a URI is" : "what is loaded must be") + " text, varchar or char"
                            + (uri ? "" : " or bytea") + "; domains do not count.",
                    "Choose another column, or add one that holds the text.");
            return;
        }
        checkParsing(name, uri, bytes);
    }

    private void checkParsing(String name, boolean uri, boolean bytes) {
        Parsing parsing = definition.parsing();
        if (parsing instanceof Parsing.None && (uri || bytes)) {
            add(
                    Code.PARSING_MISMATCH,
                    "parsing.implementation",
                    parsing.implementation(),
                    (uri ? "What is behind a URI" : "The content of the bytea column \"" + name + "\"")
                            + " is a document and must be parsed.",
                    "Leave parsing out, or set it to auto.");
        } else if ((parsing instanceof Parsing.PyMuPdf || parsing instanceof Parsing.Docling) && !uri && !bytes) {
            add(
                    Code.PARSING_MISMATCH,
                    "parsing.implementation",
                    parsing.implementation(),
                    "The column \"" + name + "\" holds text, and this reads documents from bytea.",
                    "Leave parsing out, or set it to auto or none.");
        }
    }

    private void checkTemplate() {
        if (!(definition.formatting() instanceof Formatting.PythonTemplate template)) {
            return;
        }
        for (String placeholder : template.placeholders()) {
            // The worker has the two beside the columns of the row.
            boolean known = placeholder.equals("chunk")
                    || placeholder.equals("loading_retries")
                    || column(placeholder).isPresent()
                    || (definition.destination() instanceof Destination.Column column
                            && column.embeddingColumn().equals(placeholder));
            if (!known) {
                add(
                        Code.TEMPLATE_COLUMN_MISSING,
                        "formatting.template",
                        placeholder,
                        "The source has no column \"" + placeholder + "\", so that the worker would fail.",
                        "It has " + columnNames() + ". Write $$ for a dollar sign.");
            }
        }
    }

    private Optional<Column> column(String name) {
        return Column.find(columns, name);
    }

    private String columnNames() {
        List<String> names = Column.names(columns);
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private void add(Code code, String option, String value, String message, String hint) {
        problems.add(Problem.of(code, option, value, message, hint));
    }
}
