package dev.pgai.contract.mybatis;

import dev.pgai.change.VectorizerChange;
import dev.pgai.contract.adapter.AdapterContract;
import dev.pgai.mybatis.migrations.VectorizerScript;
import dev.pgai.testkit.TestDatabase;
import java.io.Reader;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.ibatis.migration.Change;
import org.apache.ibatis.migration.DataSourceConnectionProvider;
import org.apache.ibatis.migration.MigrationLoader;
import org.apache.ibatis.migration.operations.DownOperation;
import org.apache.ibatis.migration.operations.UpOperation;
import org.apache.ibatis.migration.options.DatabaseOperationOption;

/** With {@code up} and {@code down} of MyBatis Migrations, and the classes of MyBatis Generator as what it compares. */
class MyBatisContractTest extends AdapterContract {

    private static final String CHANGELOG = "changelog";

    private static final VectorizerScript SCRIPT =
            new VectorizerScript(1, "vectorizer on blog", VectorizerChange.create(VECTORIZER)) {};

    @Override
    protected void create(TestDatabase database) throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table " + CHANGELOG + " (id numeric(20, 0) primary key,"
                    + " applied_at varchar(25) not null, description varchar(255) not null)");
        }
        new UpOperation()
                .operate(
                        new DataSourceConnectionProvider(database.dataSource()),
                        new OneScript(),
                        new DatabaseOperationOption(),
                        null);
    }

    @Override
    protected String diff(TestDatabase model, TestDatabase database) throws Exception {
        List<String> more = new ArrayList<>(classes(database));
        more.removeAll(classes(model));
        more.remove("Changelog.java");
        return String.join(" ", more);
    }

    private static List<String> classes(TestDatabase database) throws Exception {
        return Generated.classes(database, Generated.PLUGIN.formatted(""), Generated.PUBLIC);
    }

    @Override
    protected void undo(TestDatabase database) {
        new DownOperation()
                .operate(
                        new DataSourceConnectionProvider(database.dataSource()),
                        new OneScript(),
                        new DatabaseOperationOption(),
                        null);
    }

    @Override
    protected boolean isOfTool(String table) {
        return table.startsWith(CHANGELOG);
    }

    /** As the loader of Java scripts does with those that it finds in a package. */
    private static final class OneScript implements MigrationLoader {

        @Override
        public List<Change> getMigrations() {
            Change change = new Change(SCRIPT.getId());
            change.setDescription(SCRIPT.getDescription());
            // It is sorted where it is.
            return new ArrayList<>(List.of(change));
        }

        @Override
        public Reader getScriptReader(Change change, boolean undo) {
            return new StringReader(undo ? SCRIPT.getDownScript() : SCRIPT.getUpScript());
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
