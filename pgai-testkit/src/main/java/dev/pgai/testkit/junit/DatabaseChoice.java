package dev.pgai.testkit.junit;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import dev.pgai.testkit.DatabasePreparer;
import dev.pgai.testkit.TestCatalog;
import dev.pgai.testkit.TestDatabases;
import dev.pgai.testkit.TestLocale;
import dev.pgai.testkit.TestServer;
import dev.pgai.testkit.TestVector;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.ReflectionSupport;

/** What an annotation chooses. Classes that choose the same share their template without a look at the server. */
record DatabaseChoice(
        String server,
        String locale,
        String vector,
        String catalog,
        List<String> scripts,
        List<Class<? extends DatabasePreparer>> preparers,
        List<String> vectorizers) {

    private static final Map<DatabaseChoice, TestDatabases> DATABASES = new ConcurrentHashMap<>();
    private static final DatabaseChoice NONE = new DatabaseChoice("", "", "", "", List.of(), List.of(), List.of());

    static DatabaseChoice of(PgaiTest test) {
        return new DatabaseChoice(
                test.server(),
                test.locale(),
                test.vector(),
                test.catalog(),
                List.of(test.scripts()),
                List.of(test.preparers()),
                List.of(test.vectorizers()));
    }

    TestDatabases databases() {
        return equals(NONE) ? TestDatabases.standard() : DATABASES.computeIfAbsent(this, DatabaseChoice::build);
    }

    private TestDatabases build() {
        TestDatabases.Builder builder = TestDatabases.builder();
        choose("server", server, TestServer::parse, builder::server);
        choose("locale", locale, TestLocale::parse, builder::locale);
        choose("vector", vector, TestVector::parse, builder::vector);
        choose("catalog", catalog, TestCatalog::parse, builder::catalog);
        scripts.forEach(builder::script);
        preparers.forEach(type -> builder.preparer(instance(type)));
        vectorizers.forEach(builder::vectorizers);
        return builder.build();
    }

    private static <T> void choose(String name, String value, Function<String, T> parser, Consumer<T> builder) {
        if (!value.isBlank()) {
            try {
                builder.accept(parser.apply(value.strip()));
            } catch (InvalidArgumentException e) {
                throw new ExtensionConfigurationException(
                        e.at("@PgaiTest(" + name + ")").getMessage(), e);
            } catch (PgaiException e) {
                throw new ExtensionConfigurationException("@PgaiTest(" + name + "): " + e.getMessage(), e);
            }
        }
    }

    private static DatabasePreparer instance(Class<? extends DatabasePreparer> type) {
        try {
            return ReflectionSupport.newInstance(type);
        } catch (Exception e) {
            // Checked ones come unannounced.
            throw new ExtensionConfigurationException(
                    "@PgaiTest(preparers): cannot make a " + type.getName()
                            + ". Give it a constructor without parameters, and make it static if it is inside a class.",
                    e);
        }
    }
}
