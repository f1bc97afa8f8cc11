package dev.pgai.testkit;

import java.sql.Connection;
import java.util.List;

/**
 * What a JVM of its own does: take two databases, keep one if told to, tell where its server's data are, and end or
 * wait to be killed.
 */
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
        List<String> todo = List.of(arguments);
        if (todo.contains("keep")) {
            try (Connection connection = open.connection()) {
                Sql.execute(connection, "create table evidence ()");
            }
            System.out.println("url " + open.url());
            System.out.println("kept " + open.keep().orElse("no"));
            System.out.println("more " + databases.create().keep().orElse("no"));
        }
        System.out.println("open " + open.name());
        if (todo.contains("wait")) {
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
