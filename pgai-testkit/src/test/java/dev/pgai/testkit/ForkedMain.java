package dev.pgai.testkit;

import java.sql.Connection;

/** What a JVM of its own does: take two databases, tell where its server's data are, and end or wait to be killed. */
final class ForkedMain {

    private ForkedMain() {}

    public static void main(String[] arguments) throws Exception {
        TestDatabases databases = TestDatabases.standard();
        TestDatabase closed = databases.create();
        TestDatabase open = databases.create();
        try (Connection connection = closed.connection()) {
            System.out.println("version " + Query.text(connection, "select version from ai.pgai_lib_version"));
            System.out.println("data " + Query.text(connection, "select current_setting('data_directory', true)"));
        }
        closed.close();
        System.out.println("open " + open.name());
        if (arguments.length > 0) {
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
