package dev.pgai.sql;

import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.DefinitionForm;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Enqueue;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Option;
import dev.pgai.vectorizer.Parsing;
import dev.pgai.vectorizer.Processing;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives a vectorizer that is there the options of a definition. The catalog has no function for that; those that make
 * options, and those that judge them, are the catalog's. What an option is stored without, and the definition leaves
 * out, is no difference: an older catalog did not know it.
 *
 * <p>In the block {@code c} is the new config, {@code n} a new option, and {@code again} says that rows are queued.
 */
public final class AlterSql {

    static final String DECLARE = """
            c pg_catalog.jsonb;
            n pg_catalog.jsonb;
            again pg_catalog.bool := false;
            """;

    /** Whoever disabled it must have committed: a worker looks before each batch, and ends then. */
    private static final String REQUIRE_IDLE = """
            if not v.disabled or exists (select from ai.vectorizer r where r.id = v.id
            and age(r.xmin) <= coalesce(age(pg_current_xact_id_if_assigned()::xid), -1)) then
            raise object_in_use using message =
            'its rows are to be queued again, and it is not disabled by a transaction that has ended'; end if;
            if exists (select from pg_stat_activity where datname = current_database()
            and starts_with(application_name, format('pgai-worker[%s]', v.id))) then
            raise object_in_use using message =
            'its rows are to be queued again, and a worker is still at it with the options from before'; end if;
            """;

    private static final String JUDGE = """
            perform ai._validate_loading(c -> 'loading', v.source_schema, v.source_table);
            perform ai._validate_embedding(c -> 'embedding');
            perform ai._validate_chunking(c -> 'chunking');
            perform ai._validate_formatting(c -> 'formatting', v.source_schema, v.source_table);
            perform ai._validate_processing(c -> 'processing');
            if c ? 'parsing' then
            perform ai._validate_parsing(c -> 'parsing', c -> 'loading', v.source_schema, v.source_table); end if;
            """;

    private AlterSql() {}

    /**
     * Raises P0002 when there is none of this name, 55000 when it differs in what cannot be altered, 55006 when rows
     * must be queued and a worker may be at it; gives a notice with the state 02000 when nothing differs.
     */
    public static String alter(String name, VectorizerDefinition definition) {
        return Block.onVectorizer(
                name,
                RepairSql.DECLARE + DECLARE,
                samePlace(definition)
                        + "c := v.config;\n"
                        + replaced("loading", definition.loading(), null)
                        + replaced("parsing", definition.parsing(), Parsing.auto())
                        + replaced("embedding", definition.embedding(), null)
                        + sameModel(definition.embedding())
                        + replaced("chunking", definition.chunking(), Chunking.recursiveCharacterTextSplitter())
                        + replaced("formatting", definition.formatting(), Formatting.pythonTemplate("$chunk"))
                        + replaced("processing", definition.processing(), Processing.byDefault())
                        + "if c = v.config then " + Block.nothing("vectorizer \"" + name + "\" has these options")
                        + " else\n"
                        + JUDGE
                        + "if again then\n" + REQUIRE_IDLE
                        + "s := to_regclass(format('%I.%I', v.source_schema, v.source_table)); k := v.source_pk;\n"
                        + RepairSql.NAME_KEY
                        + RepairSql.enqueue(Enqueue.ALL)
                        + "end if;\n"
                        + "update ai.vectorizer set config = c where id = v.id;\n"
                        + "end if;\n");
    }

    /** Refuses what only a new vectorizer can have. */
    static String samePlace(VectorizerDefinition definition) {
        return sameSource(definition)
                + sameDestination(definition)
                + sameQueue("queue_schema", definition.queueSchema())
                + sameQueue("queue_table", definition.queueTable())
                + sameIfGiven("indexing", definition.indexing())
                + sameIfGiven("scheduling", definition.scheduling());
    }

    private static String sameSource(VectorizerDefinition definition) {
        return "if (v.source_schema, v.source_table) is distinct from ("
                + Block.text(definition.source().schema(), "name") + ", "
                + Block.text(definition.source().name(), "name") + ") then "
                + refuse("source", "format('%I.%I', v.source_schema, v.source_table)");
    }

    private static String sameDestination(VectorizerDefinition definition) {
        Destination destination = Objects.requireNonNullElse(definition.destination(), Destination.table());
        return "n := ai._evaluate_destination(" + CreateCall.expression(destination)
                + ", v.source_schema, v.source_table);\n"
                + "if exists (select from jsonb_each(n) e where d -> e.key is distinct from e.value) then "
                + refuse("destination", "d");
    }

    private static String sameQueue(String column, @Nullable String name) {
        return name == null
                ? ""
                : "if v." + column + " is distinct from " + Block.text(name, "name") + " then "
                        + refuse(column, "v." + column);
    }

    /** What they are by default says a setting of the database. */
    private static String sameIfGiven(String part, @Nullable Option option) {
        return option == null || DefinitionForm.isLeftToSettings(option)
                ? ""
                : "n := " + CreateCall.expression(option) + ";\n"
                        + "if exists (" + differing(part, option, " and y <> 'job_id'") + ") then "
                        + refuse(part, "v.config -> '" + part + "'");
    }

    /** While {@code n} is the embedding. */
    private static String sameModel(Embedding embedding) {
        return "if exists ("
                + differing("embedding", embedding, " and y = any (" + names(DefinitionForm.keysOfModel()) + ")")
                + ") then " + refuse("model", "v.config -> 'embedding' ->> 'model'");
    }

    private static String refuse(String what, String stored) {
        return "raise object_not_in_prerequisite_state using message = format('its " + what
                + " cannot be altered, and is %s', " + stored + "); end if;\n";
    }

    private static String replaced(String part, @Nullable Option given, @Nullable Option byDefault) {
        Option option = given == null ? Objects.requireNonNull(byDefault) : given;
        String replace = "n := " + CreateCall.expression(option) + ";\n"
                + "if exists (" + differing(part, given, "") + ") then\n"
                + queued(part, given)
                + "c := jsonb_set(c, array['" + part + "'], n);\n"
                + "end if;\n";
        return given == null ? "if v.config ? '" + part + "' then\n" + replace + "end if;\n" : replace;
    }

    private static String queued(String part, @Nullable Option given) {
        if (part.equals("processing")) {
            return "";
        }
        List<String> inPlace = DefinitionForm.keysInPlace(part);
        return inPlace.isEmpty()
                ? "again := true;\n"
                : "again := again or exists (" + differing(part, given, " and y <> all (" + names(inPlace) + ")")
                        + ");\n";
    }

    /** The keys in which the option that is stored differs from {@code n}. */
    private static String differing(String part, @Nullable Option given, String only) {
        String stored = "v.config -> '" + part + "'";
        String keys = given == null
                ? ""
                : " union select unnest("
                        + names(DefinitionForm.storedKeys(given).stream()
                                .sorted()
                                .toList()) + ")";
        return "select from (select jsonb_object_keys(coalesce(" + stored + ", '{}'))" + keys + ") y(y) where " + stored
                + " -> y is distinct from n -> y" + only;
    }

    private static String names(List<String> names) {
        return names.stream().map(SqlText::literal).collect(Collectors.joining(", ", "array[", "]::text[]"));
    }
}
