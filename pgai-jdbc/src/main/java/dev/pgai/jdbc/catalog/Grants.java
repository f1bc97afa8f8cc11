package dev.pgai.jdbc.catalog;

import dev.pgai.database.MissingRightsException;
import dev.pgai.database.Problem;
import dev.pgai.sql.SqlText;
import dev.pgai.vectorizer.CatalogNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the statements that would give the user the rights that are missing, each once. */
public final class Grants {

    private static final String OWNER = "alter table ";

    private final String database;
    private final String user;

    /** By statement: the option that asks for the right, or null when every definition needs it. */
    private final Map<String, @Nullable String> missing = new LinkedHashMap<>();

    Grants(String database, String user) {
        this.database = database;
        this.user = user;
    }

    /** The statement lacks the user at its end. */
    public Grants unless(boolean given, String statement) {
        return unless(given, statement, null);
    }

    public Grants unless(boolean given, String statement, @Nullable String option) {
        if (!given) {
            missing.putIfAbsent(statement + " " + SqlText.identifier(user), option);
        }
        return this;
    }

    /** Row-level security leaves rows out, and how many nobody knows. */
    public Grants unlessSecured(boolean secured) {
        if (secured) {
            missing.putIfAbsent("alter role " + SqlText.identifier(user) + " bypassrls", null);
        }
        return this;
    }

    public static String usage(String schema) {
        return "grant usage on schema " + name(schema) + " to";
    }

    public static String create(String schema) {
        return "grant create on schema " + name(schema) + " to";
    }

    public static String owner(String table) {
        return OWNER + table + " owner to";
    }

    private static String name(String schema) {
        return schema.equals(CatalogNames.SCHEMA) ? schema : SqlText.identifier(schema);
    }

    /** One problem for each right. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        missing.forEach((statement, option) -> problems.add(Problem.of(
                Problem.Code.RIGHT_MISSING,
                option,
                statement,
                "User \"" + user + "\" needs: " + statement + ".",
                problems.isEmpty() ? "The owner of the object, or a superuser, can run that." : "")));
        return problems;
    }

    public List<String> missing() {
        return List.copyOf(missing.keySet());
    }

    /** Refuses an operation, when a right is missing. */
    public void require(String operation) {
        if (!missing.isEmpty()) {
            throw exception(operation, missing(), problems());
        }
    }

    /** The refusal for statements that are known already. */
    public MissingRightsException exception(String operation, List<String> statements, List<Problem> problems) {
        boolean owner = statements.stream().anyMatch(statement -> statement.startsWith(OWNER));
        return new MissingRightsException(
                user,
                statements,
                "Cannot " + operation + ": user \"" + user + "\" lacks rights in database \"" + database
                        + "\". Let the owners or a superuser run: " + String.join("; ", statements) + "."
                        + (owner
                                ? " Instead of a new owner for a table, membership in its owner's role is enough, if it"
                                        + " inherits."
                                : ""),
                problems,
                null,
                null,
                null);
    }
}
