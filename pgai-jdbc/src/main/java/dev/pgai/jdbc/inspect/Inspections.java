package dev.pgai.jdbc.inspect;

import dev.pgai.database.Damage;
import dev.pgai.database.Damage.Code;
import dev.pgai.database.VectorizerInspection;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.catalog.Column;
import dev.pgai.jdbc.catalog.Grants;
import dev.pgai.jdbc.catalog.VectorizerRow;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.jdbc.connection.RowCounts;
import dev.pgai.jdbc.inspect.InspectedVectorizer.Look;
import dev.pgai.sql.SqlText;
import dev.pgai.vectorizer.RelationName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Inspects vectorizers with all that can be seen of them, the rows of their stores included. */
public final class Inspections {

    /** One more than is told: the row that shows that there are more. */
    private static final long CAPPED = 10_001;

    /** Without rights there is no count, so that this stands alone. */
    private static final String LOCKED =
            "another transaction to end, which has source or store locked, so that orphans are not counted";

    private static final String COLUMNS = "select " + Look.DETAILS.columns() + """
            , pg_catalog.has_schema_privilege(source_schema.oid, 'usage') as source_usage,
            pg_catalog.has_table_privilege(source.oid, 'select') as source_readable,
            coalesce(pg_catalog.row_security_active(source.oid), false) as source_secured,
            coalesce(pg_catalog.row_security_active(store.oid), false) as store_secured,
            pg_catalog.has_schema_privilege(target_schema.oid, 'usage') as store_usage,
            pg_catalog.has_table_privilege(store.oid, 'select') as store_readable
            """;

    private Inspections() {}

    public static Optional<VectorizerInspection> find(Database database, CatalogLook look, String name) {
        return inspect(database, look, "where " + VectorizerRow.BY_NAME, name).stream()
                .findFirst();
    }

    public static List<VectorizerInspection> list(Database database, CatalogLook look) {
        return inspect(database, look, "");
    }

    private static List<VectorizerInspection> inspect(
            Database database, CatalogLook look, String restriction, @Nullable Object... parameters) {
        List<Seen> all = database.query(
                COLUMNS + ObjectsQuery.from(restriction) + " order by v.id",
                rows -> {
                    List<Seen> seen = new ArrayList<>();
                    while (rows.next()) {
                        seen.add(read(look, rows));
                    }
                    return seen;
                },
                parameters);
        RowCounts<Integer> orphans = new RowCounts<>();
        all.forEach(seen ->
                seen.orphans().ifPresent(rows -> orphans.add(seen.vectorizer().id(), rows, String.valueOf(CAPPED))));
        orphans.run(database, false);
        return all.stream()
                .<VectorizerInspection>map(seen -> seen.with(orphans))
                .toList();
    }

    private static Seen read(CatalogLook look, ResultSet row) throws SQLException {
        InspectedVectorizer inspected = InspectedVectorizer.read(look, row, Look.DETAILS);
        VectorizerRow vectorizer = inspected.row();
        VectorizerObjects objects = inspected.objects();
        VectorizerDetails details = Objects.requireNonNull(inspected.details());
        Grants grants = look.grants();
        if (objects.source() != null && objects.store() != null) {
            grants.unless(row.getBoolean("source_usage"), Grants.usage(vectorizer.sourceSchema()))
                    .unless(
                            row.getBoolean("source_readable"),
                            "grant select on "
                                    + SqlText.relation(
                                            RelationName.of(vectorizer.sourceSchema(), vectorizer.sourceTable()))
                                    + " to");
            RelationName store = vectorizer.store();
            if (store != null) {
                grants.unless(row.getBoolean("store_usage"), Grants.usage(store.schema()))
                        .unless(row.getBoolean("store_readable"), "grant select on " + SqlText.relation(store) + " to")
                        .unlessSecured(row.getBoolean("source_secured") || row.getBoolean("store_secured"));
            }
        }
        return new Seen(
                vectorizer,
                inspected.damages(),
                grants.missing(),
                grants.missing().isEmpty() ? orphans(vectorizer, objects, details, inspected.damages()) : null);
    }

    /** The rows of the store whose row of the source is gone, for a count; null where that cannot be asked. */
    private static @Nullable String orphans(
            VectorizerRow vectorizer, VectorizerObjects objects, VectorizerDetails details, List<Damage> damages) {
        List<Column> key = details.key();
        boolean comparable = objects.source() != null
                && objects.store() != null
                && !key.isEmpty()
                && key.stream().allMatch(Column::builtIn)
                && damages.stream()
                        .map(Damage::code)
                        .noneMatch(code -> code == Code.KEY_CHANGED
                                || code == Code.KEY_RENAMED
                                || code == Code.STORE_DIFFERS
                                || code == Code.SOURCE_MISSING);
        RelationName store = vectorizer.store();
        if (!comparable || store == null) {
            return null;
        }
        return SqlText.relation(store) + " x where not exists (select from "
                + SqlText.relation(RelationName.of(vectorizer.sourceSchema(), vectorizer.sourceTable())) + " y where "
                + key.stream()
                        .map(column -> SqlText.identifier(column.name()))
                        .map(name -> "x." + name + " operator(pg_catalog.=) y." + name)
                        .collect(Collectors.joining(" and "))
                + ")";
    }

    /** A vectorizer before its orphans are counted. */
    private record Seen(
            VectorizerRow vectorizer,
            List<Damage> damages,
            List<String> notSeen,
            @Nullable String orphanRows) {

        Optional<String> orphans() {
            return Optional.ofNullable(orphanRows);
        }

        VectorizerInspection with(RowCounts<Integer> orphans) {
            OptionalLong rows = orphans.rows(vectorizer.id());
            List<Damage> all = new ArrayList<>(damages);
            if (rows.orElse(0) > 0) {
                all.add(Damage.of(
                        Code.ORPHANED_EMBEDDINGS,
                        "table " + vectorizer.store(),
                        "It has " + rows.getAsLong() + (rows.getAsLong() == CAPPED ? " or more" : "")
                                + " embeddings of rows that " + vectorizer.source()
                                + " does not have any more: searches find them.",
                        "Apply VectorizerChange.repair(\"" + vectorizer.name()
                                + "\").deletingOrphans(), or bring the rows back."));
            }
            return new Inspection(
                    vectorizer.id(),
                    vectorizer.name(),
                    List.copyOf(all),
                    orphans.isLocked(vectorizer.id()) ? List.of(LOCKED) : notSeen);
        }
    }

    /** As it was seen. */
    private record Inspection(int id, String name, List<Damage> damages, List<String> notSeen)
            implements VectorizerInspection {

        @Override
        public String toString() {
            return "vectorizer " + name + " (id " + id + "): " + (isWhole() ? "whole" : "damaged")
                    + (damages.isEmpty() ? "" : ", " + damages)
                    + (notSeen.isEmpty() ? "" : ", not seen without: " + notSeen);
        }
    }
}
