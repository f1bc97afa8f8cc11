package dev.pgai.testkit;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import dev.pgai.catalog.CatalogScript;
import dev.pgai.catalog.CatalogScriptException;
import dev.pgai.jdbc.CatalogInstaller;
import dev.pgai.testkit.internal.file.Digest;
import dev.pgai.testkit.internal.setting.Settings;
import dev.pgai.testkit.internal.standin.CatalogStandin;
import dev.pgai.testkit.internal.template.TemplateStep;
import dev.pgai.testkit.internal.template.VectorExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What serves as the pgai catalog, schema {@code ai}. Chosen by {@link TestDatabases.Builder#catalog}, else by system
 * property {@value #KEY} or environment variable {@code PGAI_TEST_CATALOG} ({@code standin}, {@code none}, the path of
 * a wheel, or {@code path/ai.sql@version}; a relative path starts at the working directory), else {@link #standin()}.
 */
public final class TestCatalog {

    /** The system property that makes this choice: {@value}. */
    public static final String KEY = Settings.CATALOG;

    private static final Pattern SQL_WITH_VERSION = Pattern.compile("(.+\\.sql)@([^@/\\\\]+)");
    private static final String ALLOWED =
            "Allowed: standin, none, the path of a pgai wheel (.whl), or path/ai.sql@version such as ai.sql@0.12.1.";

    private final String name;
    private final boolean standin;
    private final @Nullable TemplateStep step;

    private TestCatalog(String name, boolean standin, @Nullable TemplateStep step) {
        this.name = name;
        this.standin = standin;
        this.step = step;
    }

    /**
     * The stand-in that comes with this library: its own SQL, made to behave as the catalog of pgai 0.12.1 does as far
     * as the tests of this library go. It calls no model, and is for tests only. The default.
     *
     * @return the choice
     */
    public static TestCatalog standin() {
        return new TestCatalog(
                "stand-in for pgai " + CatalogStandin.RELEASE + " (for tests only)",
                true,
                TemplateStep.inTransaction("catalog standin " + CatalogStandin.digest(), CatalogStandin::install));
    }

    /**
     * The real catalog, from the wheel of a pgai release, as {@code pip download pgai==0.12.1 --no-deps} leaves it.
     *
     * @param file the wheel, of pgai 0.10.0 or newer
     * @return the choice
     * @throws PgaiException when there is no such file, or it is no wheel of pgai
     */
    public static TestCatalog wheel(Path file) {
        return real(file, () -> CatalogScript.fromWheel(file));
    }

    /**
     * The real catalog, from the {@code ai.sql} of a pgai release with its placeholders still in it.
     *
     * @param file the file
     * @param version the release that it is from, such as {@code 0.12.1}: the file does not say
     * @return the choice
     * @throws PgaiException when there is no such file, or it is no {@code ai.sql}
     */
    public static TestCatalog sql(Path file, String version) {
        return real(file, () -> CatalogScript.fromSql(file, version));
    }

    /**
     * No catalog: databases are empty, also of the extension {@code vector}. For tests of an installation.
     *
     * @return the choice
     */
    public static TestCatalog none() {
        return new TestCatalog("none", false, null);
    }

    /**
     * The catalog that a text names, as property and variable have it.
     *
     * @param value {@code standin}, {@code none}, the path of a wheel, or {@code path/ai.sql@version}
     * @return the choice
     * @throws InvalidArgumentException when the text names none; the message says what is allowed
     * @throws PgaiException when there is no such file
     */
    public static TestCatalog parse(String value) {
        if (value.equals("standin")) {
            return standin();
        }
        if (value.equals("none")) {
            return none();
        }
        if (value.endsWith(".whl")) {
            return wheel(Path.of(value));
        }
        Matcher sql = SQL_WITH_VERSION.matcher(value);
        if (sql.matches()) {
            return sql(Path.of(sql.group(1)), sql.group(2));
        }
        if (value.endsWith(".sql")) {
            throw new InvalidArgumentException(
                    "catalog",
                    value,
                    "it does not say of which release it is",
                    "Write " + value + "@0.12.1, or whichever it is.");
        }
        throw new InvalidArgumentException("catalog", value, "it is none of the choices", ALLOWED);
    }

    boolean isStandin() {
        return standin;
    }

    /** Null when the database is to stay empty. */
    @Nullable
    TemplateStep step() {
        return step;
    }

    private static TestCatalog real(Path file, Supplier<CatalogScript> reader) {
        if (!Files.isRegularFile(file)) {
            throw new PgaiException("No such file: " + file.toAbsolutePath() + ". " + ALLOWED);
        }
        try {
            CatalogScript script = reader.get();
            String digest = new Digest().add(Files.readAllBytes(file)).hex();
            return new TestCatalog(
                    "pgai " + script.version() + " from " + file.getFileName(),
                    false,
                    TemplateStep.inTransaction(
                            "catalog " + script.version() + " " + digest,
                            connection -> CatalogInstaller.on(connection)
                                    .withVectorSchema(VectorExtension.SCHEMA)
                                    .install(script)));
        } catch (CatalogScriptException e) {
            throw new PgaiException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new PgaiException("Cannot read " + file.toAbsolutePath() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Names the catalog and its version.
     *
     * @return for logs
     */
    @Override
    public String toString() {
        return name;
    }
}
