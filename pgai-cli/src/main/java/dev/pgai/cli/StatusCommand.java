package dev.pgai.cli;

import dev.pgai.database.StoredVectorizer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = {
            "Shows how far the vectorizers are: rows that wait, rows that workers gave up, errors, whether it is enabled,"
                    + " and what is damaged. Rows are counted up to 10000."
        })
final class StatusCommand extends DatabaseCommand {

    @Option(
            names = "--watch",
            paramLabel = "SECONDS",
            description = "Shows it again and again, with so many seconds between, from 1, until it is interrupted.")
    @Nullable
    Integer watch;

    @Option(
            names = "--json",
            description =
                    "As a JSON array: vectorizer, enabled, pending, failed, errors, damages; with --watch one a line.")
    boolean json;

    @Override
    int run() {
        if (watch != null && watch < 1) {
            throw usage("--watch = " + watch + " is refused: it must be 1 or more seconds. Leave it out to look once.");
        }
        Connections connections = connections();
        print(reading(connections, pgai -> pgai.list()));
        while (watch != null && !output().isBroken()) {
            try {
                TimeUnit.SECONDS.sleep(watch);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Cli.DONE;
            }
            List<StoredVectorizer> all = reading(connections, pgai -> pgai.list());
            if (!json) {
                output().clear();
            }
            print(all);
        }
        return Cli.DONE;
    }

    private void print(List<StoredVectorizer> all) {
        if (json) {
            output().data(Json.write(all.stream().map(StatusCommand::object).toList()));
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("vectorizer", "enabled", "pending", "failed", "errors", "damage"));
        for (StoredVectorizer vectorizer : all) {
            rows.add(List.of(
                    vectorizer.name(),
                    vectorizer.enabled() ? "yes" : "no",
                    vectorizer.status().pending().toString(),
                    vectorizer.status().failed().toString(),
                    vectorizer.status().errors().toString(),
                    vectorizer.damages().stream()
                            .map(damage -> damage.code().name())
                            .distinct()
                            .collect(Collectors.joining(", "))));
        }
        output().text(Texts.table(rows));
    }

    private static Object object(StoredVectorizer vectorizer) {
        return Json.object(
                "vectorizer",
                vectorizer.name(),
                "enabled",
                vectorizer.enabled(),
                "pending",
                Json.rows(vectorizer.status().pending()),
                "failed",
                Json.rows(vectorizer.status().failed()),
                "errors",
                Json.rows(vectorizer.status().errors()),
                "damages",
                vectorizer.damages().stream().map(Json::damage).toList());
    }
}
