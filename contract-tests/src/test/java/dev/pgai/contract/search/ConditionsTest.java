package dev.pgai.contract.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pgai.InvalidArgumentException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.search.Condition;
import dev.pgai.search.Distance;
import dev.pgai.search.EmbeddingRelation;
import dev.pgai.search.IterativeScan;
import dev.pgai.search.Neighbour;
import dev.pgai.search.NeighbourSearch;
import dev.pgai.search.SearchPlan;
import dev.pgai.vectorizer.RelationName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.util.PSQLException;

/**
 * Conditions on columns of every kind of type, by every way to run a search, in a database whose {@code public} schema
 * comes before {@code pg_catalog} on every search path and has an operator for every pair of types.
 */
class ConditionsTest {

    private static final int ROWS = 6;
    private static final float[] QUERY = {1, 0, 0};

    /** The operators that the library's statements have. */
    private static final List<String> SYMBOLS =
            List.of("=", "<>", "<", "<=", ">", ">=", "~~", "<=>", "<->", "<#>", "<+>", "+");

    private static final List<String> TYPES = List.of(
            "text",
            "varchar",
            "bpchar",
            "name",
            "int2",
            "int4",
            "int8",
            "numeric",
            "float4",
            "float8",
            "bool",
            "uuid",
            "date",
            "timestamp",
            "timestamptz",
            "time",
            "interval",
            "jsonb",
            "inet",
            "bytea",
            "oid",
            "regtype",
            "\"char\"",
            "_text",
            "_int4",
            "int4range",
            "varbit");

    private static final List<String> OWN_TYPES = List.of(
            "\"c x\".citext", "\"v x\".vector", "public.mood", "public.email", "public.pair", "\"c x\".delimited");

    /** Those of the columns of PostgreSQL's own catalogs, and of what they are compared with. */
    private static final List<String> CATALOG_TYPES = List.of(
            "name",
            "text",
            "oid",
            "int2",
            "int4",
            "\"char\"",
            "bool",
            "regtype",
            "regproc",
            "_text",
            "_name",
            "float8");

    private static final EmbeddingRelation ITEMS =
            EmbeddingRelation.column(RelationName.of("public", "item"), List.of("id"), "vec");

    private enum Mood {
        sad,
        ok,
        glad
    }

    private static SearchDatabase hostile;
    private static SearchDatabase peaceful;

    @BeforeAll
    static void createDatabases() throws SQLException {
        hostile = create();
        makeHostile(hostile);
        peaceful = create();
    }

    private static SearchDatabase create() throws SQLException {
        SearchDatabase database = SearchDatabase.offThePath();
        createDelimited(database);
        return database.execute(
                "create type public.mood as enum ('sad', 'ok', 'glad')",
                "create domain public.email as \"c x\".citext check (value like '%@%')",
                "create domain public.small as int4",
                "create domain public.embedding as \"v x\".vector(3)",
                "create type public.pair as (a int4, b text)",
                "create table item (id int4 primary key, vec public.embedding, t text, vc varchar(20), ch char(5),"
                        + " n name, ci \"c x\".citext, mail public.email, m public.mood, u uuid, i2 int2, i8 int8,"
                        + " num numeric(6,2), f4 float4, f8 float8, b bool, d date, ts timestamp, tz timestamptz,"
                        + " ti time, iv interval, j jsonb, js json, ip inet, net cidr, by bytea, tags text[],"
                        + " nums int4[], cis \"c x\".citext[], r int4range, dom public.small, p public.pair, bits varbit,"
                        + " x xid, pt point, dl \"c x\".delimited, odd text)",
                "insert into item select i, array[i, 1, 0]::" + SearchDatabase.VECTOR + ", 'T' || i, 'V' || i,"
                        + " 'c' || i, 'n' || i, 'Mail' || i, 'Mail' || i || '@X', (enum_range(null::mood))[(i + 1) / 2],"
                        + " ('00000000-0000-0000-0000-00000000000' || i)::uuid, i, i * 10000000000, i + 0.5, i + 0.5,"
                        + " i + 0.1, i % 2 = 0, date '2026-01-01' + i, timestamp '2026-01-01 12:00' + i * interval '1 day',"
                        + " timestamptz '2026-01-01 12:00+00' + i * interval '1 day', time '00:00' + i * interval '1 hour',"
                        + " i * interval '1 day', jsonb_build_object('a', 1, 'n', i), '{}', ('10.0.0.' || i)::inet,"
                        + " ('10.' || i || '.0.0/16')::cidr, decode('0' || i, 'hex'), array['a', i::text],"
                        + " array[i, i + 1], array['A', 'B' || i]::\"c x\".citext[], int4range(i, i + 1), i,"
                        + " row(i, 'B')::public.pair, repeat('1', i)::varbit, i::text::xid, point(i, i), i::text::\"c x\".delimited,"
                        + " (array['', 'NULL', 'a,b', 'q\"t''s', 'b\\s', E'{x}\\n y'])[i]"
                        + " from generate_series(1, " + ROWS + ") i",
                "insert into item (id, vec) values (7, '[7,1,0]')",
                "insert into item (id, t) values (8, 'waits for its embedding')");
    }

    /** A number whose arrays have a semicolon between values. */
    private static void createDelimited(SearchDatabase database) throws SQLException {
        database.execute(
                "create type \"c x\".delimited",
                "create function \"c x\".d_in(cstring) returns \"c x\".delimited language internal strict immutable as 'int4in'",
                "create function \"c x\".d_out(\"c x\".delimited) returns cstring language internal strict immutable as 'int4out'",
                "create type \"c x\".delimited (input = \"c x\".d_in, output = \"c x\".d_out, internallength = 4,"
                        + " passedbyvalue, alignment = int4, delimiter = ';')",
                "create function \"c x\".d_cmp(\"c x\".delimited, \"c x\".delimited) returns int4 language internal strict"
                        + " immutable as 'btint4cmp'");
        Map<String, String> operators =
                Map.of("=", "int4eq", "<>", "int4ne", "<", "int4lt", "<=", "int4le", ">", "int4gt", ">=", "int4ge");
        for (Map.Entry<String, String> operator : operators.entrySet()) {
            String function = "\"c x\".d_" + operator.getValue();
            database.execute(
                    "create function " + function + "(\"c x\".delimited, \"c x\".delimited) returns bool language"
                            + " internal strict immutable as '" + operator.getValue() + "'",
                    "create operator \"c x\"." + operator.getKey() + " (leftarg = \"c x\".delimited,"
                            + " rightarg = \"c x\".delimited, function = " + function + ")");
        }
        database.execute("create operator class \"c x\".delimited_ops default for type \"c x\".delimited using btree as"
                + " operator 1 \"c x\".<, operator 2 \"c x\".<=, operator 3 \"c x\".=, operator 4 \"c x\".>=,"
                + " operator 5 \"c x\".>, function 1 \"c x\".d_cmp(\"c x\".delimited, \"c x\".delimited)");
    }

    /** These ask the driver of what types a result is, and the driver's own SQL walks into the trap. */
    private static SearchDatabase room(Way way) {
        return way == Way.HIBERNATE || way == Way.JOOQ ? peaceful : hostile;
    }

    /** Operators whose use is an error, and types and functions of names that the library's SQL has. */
    private static void makeHostile(SearchDatabase database) throws SQLException {
        Stream<String> ofSearches = Stream.concat(TYPES.stream().map("pg_catalog."::concat), OWN_TYPES.stream())
                .flatMap(left -> Stream.of(left, "pg_catalog.text", "pg_catalog.varchar", "pg_catalog.int8")
                        .flatMap(right -> Stream.of(left + "," + right, right + "," + left)));
        Stream<String> ofLooks = CATALOG_TYPES.stream()
                .flatMap(left -> CATALOG_TYPES.stream().map(right -> "pg_catalog." + left + ",pg_catalog." + right));
        String pairs = Stream.concat(ofSearches, ofLooks)
                .distinct()
                .map(pair -> "'" + pair.replace(",", "','") + "'")
                .collect(Collectors.joining("],[", "array[[", "]]"));
        String symbols = SYMBOLS.stream().collect(Collectors.joining("','", "array['", "']"));
        // The stand-in for pgvector is PL/pgSQL, which is not the matter here.
        database.execute(
                "do $$ declare f regprocedure; begin for f in select p.oid from pg_proc p"
                        + " join pg_language l on l.oid = p.prolang where l.lanname = 'plpgsql'"
                        + " and p.pronamespace = '\"v x\"'::regnamespace"
                        + " loop execute format('alter function %s set search_path = pg_catalog, \"v x\"', f); end loop; end $$");
        betterMatches(database, "public.email", "\"c x\"", "citext", List.of("=", "<>", "<", "<=", ">", ">="));
        betterMatches(database, "public.embedding", "\"v x\"", "vector", List.of("<=>", "<->", "<#>", "<+>"));
        database.execute(
                "do $do$ declare pair text[]; symbol text; begin foreach pair slice 1 in array " + pairs
                        + " loop execute format('create function public.caught(%s, %s) returns bool language plpgsql as $$"
                        + " begin raise exception ''caught''; end $$', pair[1], pair[2]);"
                        + " foreach symbol in array " + symbols
                        + " loop execute format('create operator public.%s (leftarg = %s, rightarg = %s,"
                        + " function = public.caught)', symbol, pair[1], pair[2]); end loop; end loop; end $do$",
                "create function public.starts_with(name text, prefix text) returns bool language plpgsql as"
                        + " $$ begin raise exception 'caught'; end $$",
                "create function public.set_config(text, text, bool) returns text language plpgsql as"
                        + " $$ begin raise exception 'caught'; end $$",
                "create function public.has_schema_privilege(oid, text) returns bool language plpgsql as"
                        + " $$ begin raise exception 'caught'; end $$",
                "create function public.has_column_privilege(oid, int2, text) returns bool language plpgsql as"
                        + " $$ begin raise exception 'caught'; end $$",
                "create table public.pg_class (oid oid)",
                "create table public.pg_type (oid oid)",
                "create table public.pg_settings (name text)");
        for (String type : List.of("text", "int8", "float8", "numeric", "bool", "vector", "citext", "regtype")) {
            database.execute("create type public." + type + " as enum ('caught')");
        }
        database.execute(
                "do $$ begin execute pg_catalog.format('alter database %I set search_path = public, pg_catalog',"
                        + " pg_catalog.current_database()); end $$");
        database.reconnect();
    }

    /** Beside the operators that are meant: for a domain over their type, which PostgreSQL takes first. */
    private static void betterMatches(
            SearchDatabase database, String domain, String schema, String type, List<String> symbols)
            throws SQLException {
        String base = schema + "." + type;
        database.execute("create function public.caught(" + domain + ", " + base
                + ") returns float8 language plpgsql as" + " $$ begin raise exception 'caught'; end $$");
        for (String symbol : symbols) {
            database.execute("create operator " + schema + "." + symbol + " (leftarg = " + domain + ", rightarg = "
                    + base + ", function = public.caught)");
        }
    }

    @AfterAll
    static void dropDatabases() {
        hostile.close();
        peaceful.close();
    }

    /** A condition, and the ids of the rows that fulfil it. */
    private record Case(Condition condition, List<Integer> ids) {

        @Override
        public String toString() {
            return condition.toString();
        }
    }

    private static Case when(Condition condition, Integer... ids) {
        return new Case(condition, List.of(ids));
    }

    static List<Case> cases() {
        UUID uuid = UUID.fromString("00000000-0000-0000-0000-000000000003");
        Instant third = Instant.parse("2026-01-04T12:00:00Z");
        List<Case> cases = new ArrayList<>(List.of(
                when(Condition.equal("t", "T3"), 3),
                when(Condition.equal("t", "t3")),
                when(Condition.less("t", "T3"), 1, 2),
                when(Condition.oneOf("t", List.of("T1", "T6", "nobody")), 1, 6),
                when(Condition.notEqual("vc", "V3"), 1, 2, 4, 5, 6),
                when(Condition.oneOf("vc", List.of("V2")), 2),
                when(Condition.equal("ch", "c3"), 3),
                when(Condition.equal("ch", "c3   "), 3),
                when(Condition.equal("n", "n3"), 3),
                when(Condition.equal("ci", "mAIL3"), 3),
                when(Condition.notEqual("ci", "MAIL3"), 1, 2, 4, 5, 6),
                when(Condition.atLeast("ci", "MAIL5"), 5, 6),
                when(Condition.oneOf("ci", List.of("MAIL1", "mail2")), 1, 2),
                when(Condition.equal("mail", "MAIL3@x"), 3),
                // Not a value of the domain, and comparable all the same.
                when(Condition.greater("mail", "mail4"), 4, 5, 6),
                when(Condition.oneOf("mail", List.of("MAIL3@x")), 3),
                when(Condition.equal("m", "ok"), 3, 4),
                when(Condition.greater("m", "sad"), 3, 4, 5, 6),
                when(Condition.equal("m", Mood.glad), 5, 6),
                when(Condition.oneOf("m", List.of("glad", Mood.sad)), 1, 2, 5, 6),
                when(Condition.equal("u", uuid), 3),
                when(Condition.equal("u", "{00000000000000000000000000000003}"), 3),
                when(Condition.oneOf("u", List.of(uuid)), 3),
                when(Condition.equal("id", 3), 3),
                when(Condition.equal("id", "3"), 3),
                when(Condition.less("id", 3_000_000_000L), 1, 2, 3, 4, 5, 6, 7),
                when(Condition.less("id", 2.5), 1, 2),
                when(Condition.less("id", new BigDecimal("2.5")), 1, 2),
                when(Condition.oneOf("id", List.of(1, 2L, (short) 3)), 1, 2, 3),
                when(Condition.oneOf("id", List.of("4", "5")), 4, 5),
                when(Condition.equal("i2", 3), 3),
                when(Condition.equal("i8", new BigInteger("30000000000")), 3),
                when(Condition.equal("num", new BigDecimal("3.500")), 3),
                when(Condition.equal("num", "3.5"), 3),
                when(Condition.equal("num", 3.5f), 3),
                when(Condition.atMost("num", 2), 1),
                when(Condition.equal("f4", 3.5f), 3),
                when(Condition.equal("f8", 3.1), 3),
                when(Condition.equal("f8", "3.1"), 3),
                when(Condition.equal("b", true), 2, 4, 6),
                when(Condition.equal("b", "yes"), 2, 4, 6),
                when(Condition.oneOf("b", List.of(true, false)), 1, 2, 3, 4, 5, 6),
                when(Condition.equal("d", LocalDate.of(2026, 1, 4)), 3),
                when(Condition.equal("d", "Jan 4, 2026"), 3),
                when(Condition.less("d", LocalDateTime.of(2026, 1, 4, 1, 0)), 1, 2, 3),
                when(Condition.equal("ts", LocalDateTime.of(2026, 1, 4, 12, 0)), 3),
                when(Condition.atLeast("ts", LocalDate.of(2026, 1, 6)), 5, 6),
                when(Condition.equal("tz", third), 3),
                when(Condition.equal("tz", OffsetDateTime.parse("2026-01-04T14:00:00+02:00")), 3),
                when(Condition.equal("tz", third.atZone(ZoneId.of("Asia/Kathmandu"))), 3),
                when(Condition.equal("tz", "2026-01-04 14:00+02"), 3),
                when(Condition.oneOf("tz", List.of(third)), 3),
                when(Condition.greater("ti", LocalTime.of(4, 59)), 5, 6),
                when(Condition.equal("iv", "72 hours"), 3),
                when(Condition.equal("j", "{\"n\" : 3, \"a\" : 1.0}"), 3),
                when(Condition.oneOf("j", List.of("{\"n\": 3, \"a\": 1}", "1")), 3),
                when(Condition.equal("ip", "10.0.0.3/32"), 3),
                when(Condition.equal("net", "10.3.0.0/16"), 3),
                when(Condition.equal("by", "\\x03"), 3),
                when(Condition.equal("tags", "{a, \"3\"}"), 3),
                when(Condition.oneOf("tags", List.of("{a,3}", "{a,4}", "{}")), 3, 4),
                when(Condition.less("nums", "{3}"), 1, 2),
                when(Condition.equal("cis", "{a,b3}"), 3),
                when(Condition.equal("r", "[3,3]"), 3),
                when(Condition.equal("dom", 3), 3),
                when(Condition.oneOf("dom", List.of("3", "4")), 3, 4),
                when(Condition.equal("p", "(3,B)"), 3),
                when(Condition.equal("bits", "111"), 3),
                when(Condition.oneOf("dl", List.of("1", "3")), 1, 3),
                when(Condition.isNull("t"), 7),
                when(Condition.isNotNull("pt"), 1, 2, 3, 4, 5, 6)));
        List<String> odd = List.of("", "NULL", "a,b", "q\"t's", "b\\s", "{x}\n y");
        for (int i = 1; i <= odd.size(); i++) {
            cases.add(when(Condition.equal("odd", odd.get(i - 1)), i));
            cases.add(when(Condition.oneOf("odd", List.of(odd.get(i - 1), "no")), i));
        }
        return cases;
    }

    static Stream<Arguments> casesByWay() {
        return Stream.of(Way.values()).flatMap(way -> cases().stream().map(example -> Arguments.of(way, example)));
    }

    /** The more of the first axis, the nearer. */
    @ParameterizedTest
    @MethodSource("casesByWay")
    void a_condition_is_compared_as_its_column(Way way, Case example) throws SQLException {
        List<Neighbour> found =
                way.nearest(room(way), ITEMS.nearestTo(QUERY, 100).where(example.condition()));

        assertThat(found)
                .extracting(neighbour -> neighbour.key("id"))
                .isEqualTo(example.ids().stream()
                        .sorted(Collections.reverseOrder())
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void a_hundred_thousand_values_are_one_parameter(Way way) throws SQLException {
        List<Integer> numbers = IntStream.range(-100_000, 4).boxed().toList();
        List<String> arrays = numbers.stream().map(i -> "{a," + i + "}").toList();

        for (Condition condition : List.of(Condition.oneOf("id", numbers), Condition.oneOf("tags", arrays))) {
            assertThat(way.nearest(room(way), ITEMS.nearestTo(QUERY, 2).where(condition)))
                    .extracting(neighbour -> neighbour.key("id"))
                    .containsExactly(3, 2);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void a_type_without_an_order_is_refused(Way way) {
        for (String column : List.of("js", "x", "pt")) {
            assertThatExceptionOfType(InvalidArgumentException.class)
                    .isThrownBy(() ->
                            way.nearest(room(way), ITEMS.nearestTo(QUERY, 1).where(Condition.equal(column, "1"))))
                    .withMessageContaining("has no operator = in a default order");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void a_value_that_does_not_fit_is_refused(Way way) {
        List<Condition> wrong = List.of(
                Condition.equal("t", 1),
                Condition.equal("ci", 1),
                Condition.equal("id", true),
                Condition.equal("id", LocalDate.of(2026, 1, 1)),
                Condition.equal("t", UUID.randomUUID()),
                Condition.equal("d", LocalTime.NOON),
                Condition.oneOf("m", List.of(1)));
        for (Condition condition : wrong) {
            assertThatExceptionOfType(InvalidArgumentException.class)
                    .isThrownBy(() ->
                            way.nearest(room(way), ITEMS.nearestTo(QUERY, 1).where(condition)))
                    .withMessageContaining("value of column \"" + condition.column() + "\"")
                    .withMessageContaining("as a String");
        }
    }

    /** The look, the statement in all its forms, the settings and the plan. */
    @Test
    void no_statement_of_a_search_meets_what_is_on_the_path() throws SQLException {
        NeighbourSearch search = ITEMS.nearestTo(QUERY, 2)
                .where(Condition.equal("ci", "MAIL3"))
                .within(0.9)
                .offset(0)
                .efSearch(100)
                .probes(2)
                .iterativeScan(IterativeScan.RELAXED_ORDER);
        for (Distance distance : Distance.values()) {
            assertThat(hostile.pgai().nearest(search.by(distance).within(9)))
                    .extracting(neighbour -> neighbour.key("id"))
                    .containsExactly(3);
        }
        assertThat(hostile.pgai().explain(search))
                .hasToString(peaceful.pgai().explain(search).toString());
        try (Connection connection = hostile.connect()) {
            connection.setAutoCommit(false);
            assertThat(Pgai.on(connection).nearest(search)).hasSize(1);
            assertThat(Pgai.on(connection).explain(search)).isInstanceOf(SearchPlan.Exact.class);
            connection.rollback();
        }
    }

    /** Or the tests above would show nothing. */
    @Test
    void the_room_is_hostile() throws SQLException {
        try (Connection connection = hostile.connectApart()) {
            for (String sql : List.of(
                    "select 1 from item where t = 'a'",
                    "select 1 from item where ci = 'a'",
                    "select 1 from item where mail = 'a'::pg_catalog.varchar",
                    "select 1 from item where id in (1)",
                    "select vec <=> vec from item",
                    "select vec operator(\"v x\".<=>) '[1,2,3]'::\"v x\".vector from item",
                    "select mail operator(\"c x\".=) 'a'::\"c x\".citext from item")) {
                assertThatExceptionOfType(PSQLException.class)
                        .as(sql)
                        .isThrownBy(() -> SearchDatabase.query(connection, sql))
                        .withMessageContaining("caught");
            }
        }
    }
}
