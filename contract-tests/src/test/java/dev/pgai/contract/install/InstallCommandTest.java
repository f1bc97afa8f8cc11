package dev.pgai.contract.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgai.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The command line installs from a wheel. */
class InstallCommandTest {

    @Test
    void a_wheel_is_installed_once(@TempDir Path directory) throws Exception {
        String wheel = InstallPageTest.wheel(directory).toString();
        try (EmptyDatabase database = new EmptyDatabase()) {
            assertThat(run(database, "status")).startsWith("1 pgai: ").contains("not installed");

            assertThat(run(database, "install", wheel)).isEqualTo("0 pgai 0.12.1: installed\n");
            assertThat(run(database, "install", "--json", wheel))
                    .startsWith("0 {\"outcome\":\"unchanged\",\"version\":\"0.12.1\",\"previous_version\":\"0.12.1\",");
        }
    }

    private static String run(EmptyDatabase database, String... arguments) {
        PGSimpleDataSource source = database.dataSource();
        Map<String, String> environment = Map.of(
                "PGAI_URL",
                "jdbc:postgresql://" + source.getServerNames()[0] + ":" + source.getPortNumbers()[0] + "/"
                        + source.getDatabaseName(),
                "PGAI_USER",
                String.valueOf(source.getUser()),
                "PGAI_PASSWORD",
                String.valueOf(source.getPassword()));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        int code = new Cli(InputStream.nullInputStream(), stream, stream, environment, null).run(arguments);
        return code + " " + printed.toString(StandardCharsets.UTF_8);
    }
}
