package dev.pgai.benchmarks.tool;

import dev.pgai.benchmarks.core.Definitions;
import dev.pgai.benchmarks.database.Ground;
import dev.pgai.benchmarks.database.Pairs;
import dev.pgai.change.VectorizerChange;
import dev.pgai.mybatis.migrations.VectorizerScript;
import dev.pgai.testkit.TestDatabase;
import java.io.Reader;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.ibatis.migration.Change;
import org.apache.ibatis.migration.DataSourceConnectionProvider;
import org.apache.ibatis.migration.MigrationLoader;
import org.apache.ibatis.migration.operations.DownOperation;
import org.apache.ibatis.migration.operations.UpOperation;
import org.apache.ibatis.migration.options.DatabaseOperationOption;

/** {@code up} and {@code down} of MyBatis Migrations, with one script in Java. */
final class MyBatisTool implements Tool {

    private final TestDatabase database;

    MyBatisTool(TestDatabase database) throws SQLException {
        this.database = database;
        try (Connection connection = database.connection()) {
            Ground.run(
                    connection,
                    "create table changelog (id numeric(20, 0) primary key, applied_at varchar(25) not null,"
                            + " description varchar(255) not null)");
        }
    }

    @Override
    public String name() {
        return "MyBatis Migrations";
    }

    @Override
    public double up() throws Exception {
        return Pairs.time(() -> new UpOperation().operate(connections(), new OneScript(), options(), null));
    }

    @Override
    public double down() throws Exception {
        return Pairs.time(() -> new DownOperation().operate(connections(), new OneScript(), options(), null));
    }

    private DataSourceConnectionProvider connections() {
        return new DataSourceConnectionProvider(database.dataSource());
    }

    private static DatabaseOperationOption options() {
        return new DatabaseOperationOption();
    }

    /** As the loader of Java scripts does with those that it finds in a package. */
    private static final class OneScript implements MigrationLoader {

        private final VectorizerScript script =
                new VectorizerScript(1, "vectorizer on blog", VectorizerChange.create(Definitions.example())) {};

        @Override
        public List<Change> getMigrations() {
            Change change = new Change(script.getId());
            change.setDescription(script.getDescription());
            // It is sorted where it is.
            return new ArrayList<>(List.of(change));
        }

        @Override
        public Reader getScriptReader(Change change, boolean undo) {
            return new StringReader(undo ? script.getDownScript() : script.getUpScript());
        }

        @Override
        public Reader getBootstrapReader() {
            return Reader.nullReader();
        }

        @Override
        public Reader getOnAbortReader() {
            return Reader.nullReader();
        }
    }
}
