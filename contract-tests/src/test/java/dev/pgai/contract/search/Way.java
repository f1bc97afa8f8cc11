package dev.pgai.contract.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.jdbc.NeighbourRow;
import dev.pgai.jdbc.Pgai;
import dev.pgai.mybatis.mapper.EmbeddingsMapper;
import dev.pgai.search.Neighbour;
import dev.pgai.search.NeighbourSearch;
import dev.pgai.search.SourceKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.ibatis.session.SqlSession;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ways to run a search. Those that are not this library's run its SQL as it stands, and bind as they do. */
enum Way {
    CONNECTION {
        @Override
        List<Neighbour> nearest(SearchDatabase database, NeighbourSearch search) throws SQLException {
            try (Connection connection = database.connect()) {
                return Pgai.on(connection).nearest(search);
            }
        }
    },
    TRANSACTION {
        @Override
        List<Neighbour> nearest(SearchDatabase database, NeighbourSearch search) throws SQLException {
            try (Connection connection = database.connect()) {
                connection.setAutoCommit(false);
                SearchDatabase.execute(connection, "create table mine (id int)");
                List<Neighbour> found = Pgai.on(connection).nearest(search);
                assertThat(SearchDatabase.query(connection, "select count(*) from mine"))
                        .containsExactly("0");
                connection.rollback();
                return found;
            }
        }
    },
    DATA_SOURCE {
        @Override
        List<Neighbour> nearest(SearchDatabase database, NeighbourSearch search) {
            return database.pgai().nearest(search);
        }
    },
    RESOLVED {
        @Override
        List<Neighbour> nearest(SearchDatabase database, NeighbourSearch search) {
            return database.pgai().nearest(database.resolved(search));
        }
    },
    MYBATIS {
        @Override
        List<Neighbour> nearest(SearchDatabase database, NeighbourSearch search) {
            try (SqlSession session = database.myBatis().openSession()) {
                return session.getMapper(EmbeddingsMapper.class).nearest(search);
            }
        }
    },
    JDBC {
        @Override
        List<Neighbour> nearest(SearchDatabase database, NeighbourSearch search) throws SQLException {
            try (Connection connection = database.connect()) {
                return run(connection, database.resolved(search), Types.VARCHAR);
            }
        }
    },
    JDBC_UNTYPED {
        @Override
        List<Neighbour> nearest(SearchDatabase database, NeighbourSearch search) throws SQLException {
            try (Connection connection = database.connect()) {
                return run(connection, database.resolved(search), Types.OTHER);
            }
        }
    },
    JDBC_SIMPLE {
        @Override
        List<Neighbour> nearest(SearchDatabase database, NeighbourSearch search) throws SQLException {
            try (Connection connection = database.connectSimple()) {
                return run(connection, database.resolved(search), Types.VARCHAR);
            }
        }
    },
    JDBC_GENERIC_PLAN {
        @Override
        List<Neighbour> nearest(SearchDatabase database, NeighbourSearch search) throws SQLException {
            try (Connection connection = database.connectApart()) {
                SearchDatabase.execute(connection, "set plan_cache_mode = force_generic_plan");
                return run(connection, database.resolved(search), Types.VARCHAR);
            }
        }
    },
    JDBC_TEMPLATE {
        @Override
        List<Neighbour> nearest(SearchDatabase database, NeighbourSearch search) {
            NeighbourSearch resolved = database.resolved(search);
            return new JdbcTemplate(database.dataSource())
                    .query(
                            resolved.sql(),
                            (row, number) -> NeighbourRow.read(row),
                            resolved.parameters().toArray());
        }
    },
    JDBC_CLIENT {
        @Override
        List<Neighbour> nearest(SearchDatabase database, NeighbourSearch search) {
            NeighbourSearch resolved = database.resolved(search);
            return JdbcClient.create(database.dataSource())
                    .sql(resolved.sql())
                    .params(resolved.parameters())
                    .query((row, number) -> NeighbourRow.read(row))
                    .list();
        }
    },
    JOOQ {
        @Override
        List<Neighbour> nearest(SearchDatabase database, NeighbourSearch search) {
            NeighbourSearch resolved = database.resolved(search);
            return DSL.using(database.dataSource(), SQLDialect.POSTGRES)
                    .resultQuery(resolved.sql(), resolved.parameters().toArray())
                    .fetch(Way::neighbour);
        }
    },
    HIBERNATE {
        @Override
        List<Neighbour> nearest(SearchDatabase database, NeighbourSearch search) {
            NeighbourSearch resolved = database.resolved(search);
            try (Session session = database.hibernate().openSession()) {
                NativeQuery<Object[]> query = session.createNativeQuery(resolved.sql(), Object[].class);
                List<String> parameters = resolved.parameters();
                for (int i = 0; i < parameters.size(); i++) {
                    query.setParameter(i + 1, parameters.get(i));
                }
                return query.getResultList().stream().map(Way::neighbour).toList();
            }
        }
    };

    abstract List<Neighbour> nearest(SearchDatabase database, NeighbourSearch search) throws SQLException;

    private static List<Neighbour> run(Connection connection, NeighbourSearch search, int type) throws SQLException {
        List<Neighbour> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(search.sql())) {
            List<String> parameters = search.parameters();
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i), type);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(NeighbourRow.read(rows));
                }
            }
        }
        return found;
    }

    private static Neighbour neighbour(Record row) {
        Map<String, Object> key = new LinkedHashMap<>();
        for (String column : row.get("key_columns", String[].class)) {
            key.put(column, row.get("key_" + (key.size() + 1)));
        }
        boolean chunked = row.field("chunk") != null;
        return new Neighbour(
                new SourceKey(key),
                chunked ? row.get("embedding_uuid", UUID.class) : null,
                chunked ? row.get("chunk_seq", Integer.class) : null,
                chunked ? row.get("chunk", String.class) : null,
                row.get("distance", double.class));
    }

    private static Neighbour neighbour(Object[] row) {
        Map<String, Object> key = new LinkedHashMap<>();
        for (String column : (String[]) row[0]) {
            key.put(column, row[key.size() + 1]);
        }
        int next = key.size() + 1;
        boolean chunked = row.length > next + 1;
        return new Neighbour(
                new SourceKey(key),
                chunked ? (UUID) row[next] : null,
                chunked ? (Integer) row[next + 1] : null,
                chunked ? (String) row[next + 2] : null,
                (double) row[row.length - 1]);
    }
}
