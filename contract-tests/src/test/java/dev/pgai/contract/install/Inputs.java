package dev.pgai.contract.install;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.pgai.catalog.CatalogScript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a build must be given from outside. A test that needs what is not given is skipped, and says so. */
public final class Inputs {

    private Inputs() {}

    /**
     * From the system property, else from the environment: {@code pgai.test.oldWheels} is {@code PGAI_TEST_OLD_WHEELS}.
     */
    public static String require(String property, String meaning) {
        String variable =
                property.replaceAll("([A-Z])", "_$1").replace('.', '_').toUpperCase(Locale.ROOT);
        @Nullable String value = System.getProperty(property, System.getenv(variable));
        return value == null || value.isBlank()
                ? abort("neither -D" + property + " nor " + variable + " is set: " + meaning)
                : value;
    }

    /** The real catalog. The property is the testkit's, which takes other values, too. */
    static CatalogScript catalog() {
        String value = require("pgai.test.catalog", "a pgai wheel");
        return value.endsWith(".whl")
                ? CatalogScript.fromWheel(Path.of(value))
                : abort("pgai.test.catalog is no wheel: " + value);
    }

    /** The real catalog of an older release. */
    static CatalogScript oldCatalog(String version) {
        return CatalogScript.fromWheel(oldWheel(version));
    }

    /** The wheel of an older release. */
    public static Path oldWheel(String version) {
        Path directory = Path.of(require("pgai.test.oldWheels", "a directory with wheels of older pgai releases"));
        Path wheel = directory.resolve("pgai-" + version + "-py3-none-any.whl");
        return Files.exists(wheel) ? wheel : abort("there is no " + wheel);
    }
}
