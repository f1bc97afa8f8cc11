package dev.pgai.jdbc;

import dev.pgai.sql.SqlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the statements that would give the user the rights that are missing, each once. */
final class Grants {

    private final CatalogLook look;

    /** By statement: the option that asks for the right, or null when every definition needs it. */
    private final Map<String, @Nullable String> missing = new LinkedHashMap<>();

    private Grants(CatalogLook look) {
        this.look = look;
    }

    static Grants of(CatalogLook look) {
        return new Grants(look);
    }

    /** What reading needs. */
    static Grants toRead(CatalogLook look) {
        return of(look).unless(look.ai().usage(), usage("ai"))
                .unless(look.ai().select(), "grant select on ai.vectorizer to");
    }

    /** The statement lacks the user at its end. */
    Grants unless(boolean given, String statement) {
        return unless(given, statement, null);
    }

    Grants unless(boolean given, String statement, @Nullable String option) {
        if (!given) {
            missing.putIfAbsent(statement + " " + SqlText.identifier(look.user()), option);
        }
        return this;
    }

    static String usage(String schema) {
        return "grant usage on schema " + name(schema) + " to";
    }

    static String create(String schema) {
        return "grant create on schema " + name(schema) + " to";
    }

    private static String name(String schema) {
        return schema.equals("ai") ? schema : SqlText.identifier(schema);
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        missing.forEach((statement, option) -> problems.add(new Problem(
                Problem.Code.RIGHT_MISSING,
                option,
                statement,
                "User \"" + look.user() + "\" lacks a right. Let the owner or a superuser run: " + statement + ".")));
        return problems;
    }

    List<String> missing() {
        return List.copyOf(missing.keySet());
    }

    static MissingRightsException exception(String doing, CatalogLook look, List<String> statements) {
        return new MissingRightsException(
                look.user(),
                statements,
                doing + ": user \"" + look.user() + "\" lacks rights in database \"" + look.database()
                        + "\". Let the owners or a superuser run: " + String.join("; ", statements)
                        + ". Instead of a new owner for a table, membership in its owner's role is enough.",
                null,
                null);
    }
}
