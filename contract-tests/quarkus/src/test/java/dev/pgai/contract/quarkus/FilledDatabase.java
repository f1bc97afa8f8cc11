package dev.pgai.contract.quarkus;

import dev.pgai.jdbc.Pgai;
import dev.pgai.testkit.TestDatabase;
import dev.pgai.testkit.worker.TestWorker;
import java.sql.Connection;
import java.sql.Statement;

/** With a row, and its embedding. */
public class FilledDatabase extends ApplicationDatabase {

    @Override
    void prepare(TestDatabase database) throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table blog (id int primary key, title text not null, content text not null)");
            statement.execute("create table reader (id int primary key, blog_id int)");
            Pgai.on(connection).create(Vectorizers.BLOG);
            statement.execute("insert into blog values (1, 'Bread', 'Flour and water.')");
            TestWorker.of(database, "blog").drain();
        }
    }
}
