package dev.pgai.cli;

import dev.pgai.PgaiException;
import dev.pgai.catalog.CatalogScript;
import dev.pgai.catalog.InstallResult;
import dev.pgai.jdbc.CatalogInstaller;
import dev.pgai.json.EnumNames;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "install",
        description = {
            "Installs the catalog of pgai from a wheel, upgrades it, or makes again what was lost of it, all or nothing."
                    + " The wheel is a file: pip download pgai==0.12.1 --no-deps."
        })
final class InstallCommand extends DatabaseCommand {

    @Parameters(paramLabel = "WHEEL", description = "A file such as pgai-0.12.1-py3-none-any.whl.")
    String wheel = "";

    @Option(
            names = "--vector-schema",
            paramLabel = "SCHEMA",
            description =
                    "Where to create the extension vector when the database lacks it. Default: the first schema of"
                            + " the search path.")
    @Nullable
    String vectorSchema;

    @Option(names = "--json", description = "As a JSON object: outcome, version, previous_version, vector_schema.")
    boolean json;

    @Override
    int run() {
        Connections connections = connections();
        CatalogInstaller installer = CatalogInstaller.on(connections);
        if (vectorSchema != null) {
            installer = installer.withVectorSchema(vectorSchema);
        }
        InstallResult result = installer.install(script());
        if (json) {
            output().data(Json.write(Json.object(
                    "outcome",
                    EnumNames.nameOf(result.outcome()),
                    "version",
                    result.version(),
                    "previous_version",
                    result.previousVersion(),
                    "vector_schema",
                    result.vectorSchema())));
        } else {
            output().text("pgai " + result.version() + ": "
                    + EnumNames.nameOf(result.outcome())
                    + (result.previousVersion() == null ? "" : " (there was " + result.previousVersion() + ")"));
        }
        return Cli.DONE;
    }

    private CatalogScript script() {
        try {
            return CatalogScript.fromWheel(Path.of(wheel));
        } catch (InvalidPathException e) {
            throw new PgaiException(wheel + ": It is not the name of a file.", e);
        }
    }
}
