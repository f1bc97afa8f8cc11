package dev.pgai.examples;

import dev.pgai.change.VectorizerChange;
import dev.pgai.database.CreatedVectorizer;
import dev.pgai.jdbc.Pgai;
import dev.pgai.managed.ManagedObject;
import dev.pgai.managed.ManagedObjects;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.TestDatabases;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The main job, from the first table to the downgrade, on a PostgreSQL that is there for this program only. */
public final class Story {

    /** What the application's own schema has: all that a schema diff expects to see. */
    private static final Set<String> APPLICATION = Set.of("public.blog");

    private Story() {}

    /**
     * Tells it on standard output.
     *
     * @param arguments none
     * @throws SQLException when the database refuses
     */
    public static void main(String[] arguments) throws SQLException {
        tell(System.out);
    }

    static void tell(PrintStream out) throws SQLException {
        try (TestDatabase database = TestDatabases.standard().create();
                Connection connection = database.connection()) {
            out.println("1. A database on " + TestDatabases.standard().describe());
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table blog (id int primary key generated always as identity,"
                        + " title text not null, content text not null)");
                statement.execute(
                        "insert into blog (title, content) select 'title ' || i, 'content ' || i from generate_series(1, 3) i");
            }
            out.println("   with the application's table public.blog and 3 rows in it.");

            connection.setAutoCommit(false);
            CreatedVectorizer created = BlogMigration.upgrade(connection);
            connection.commit();
            out.println("2. The migration ran");
            out.println("   "
                    + VectorizerChange.create(BlogMigration.VECTORIZER).sql().get(0));
            out.println("   and created vectorizer " + created.name() + " with id " + created.id() + ".");

            ManagedObjects managed = Pgai.on(connection).managedObjects();
            out.println("3. What pgai made for it:");
            managed.list().stream()
                    .filter(object -> created.name().equals(object.vectorizer()))
                    .filter(object -> object.kind() != ManagedObject.Kind.COLUMN)
                    .forEach(object -> out.println("   " + line(object)));

            List<SchemaDiff.Difference> differences = SchemaDiff.run(connection, APPLICATION);
            out.println("4. A schema diff that knows nothing of pgai would");
            differences.forEach(difference -> out.println("   " + difference));
            differences.removeIf(difference -> managed.containsRelation(difference.schema(), difference.name()));
            out.println("   and with the managed objects excluded: " + (differences.isEmpty() ? "nothing" : differences)
                    + ".");

            BlogMigration.downgrade(connection);
            connection.commit();
            out.println("5. The downgrade ran. Left of the vectorizer: "
                    + leftOf(created, Pgai.on(connection).managedObjects()) + "; left beside the application's tables: "
                    + outsideCatalog(SchemaDiff.run(connection, APPLICATION)) + ".");
        }
    }

    private static String line(ManagedObject object) {
        return object.kind().name().toLowerCase(Locale.ROOT) + " " + object.schema() + "."
                + (object.table() == null ? "" : object.table() + ".") + object.name() + ": "
                + object.reason().description();
    }

    private static Object leftOf(CreatedVectorizer vectorizer, ManagedObjects managed) {
        List<ManagedObject> left = managed.list().stream()
                .filter(object -> vectorizer.name().equals(object.vectorizer()))
                .toList();
        return left.isEmpty() ? "nothing" : left;
    }

    private static Object outsideCatalog(List<SchemaDiff.Difference> differences) {
        return differences.isEmpty() ? "nothing" : differences;
    }
}
