package dev.pgai.contract.managed;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A database with many vectorizers: {@code t1_embedding} on {@code public.t1}, with one row in its queue, and so on.
 */
public final class ManyVectorizers {

    private ManyVectorizers() {}

    /**
     * Creates them.
     *
     * @param connection in autocommit
     * @param number how many
     */
    public static void create(Connection connection, int number) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Each in its own transaction: together they would hold more locks than a server has by default.
            statement.execute("""
                    do $$ begin
                        for i in 1..%d loop
                            execute format('create table public.t%%s (id int primary key, content text)', i);
                            execute format('insert into public.t%%s values (1, null)', i);
                            perform ai.create_vectorizer(format('public.t%%s', i)::regclass, name => format('t%%s_embedding', i),
                                loading => ai.loading_column('content'), embedding => ai.embedding_openai('m', 3));
                            commit;
                        end loop;
                    end $$
                    """.formatted(number));
        }
    }
}
