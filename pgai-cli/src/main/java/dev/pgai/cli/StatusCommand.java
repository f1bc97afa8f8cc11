package dev.pgai.cli;

import dev.pgai.database.StoredVectorizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = {
            "Shows how far the vectorizers are: rows that wait, rows that workers gave up, errors, whether it is enabled,"
                    + " and what is damaged. Rows are counted up to 10000."
        })
final class StatusCommand extends DatabaseCommand {

    @Mixin
    WatchOption watch = new WatchOption();

    @Option(
            names = "--json",
            description =
                    "As a JSON array: vectorizer, enabled, pending, failed, errors, damages; with --watch one a line.")
    boolean json;

    @Override
    int run() {
        boolean again = argument(watch::isGiven);
        Connections connections = connections();
        watch.run(output(), () -> {
            List<StoredVectorizer> all = reading(connections, pgai -> pgai.list());
            if (again && !json) {
                output().clear();
            }
            print(all);
            return true;
        });
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
