package dev.pgai.contract.quarkus;

import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.flywaydb.core.Flyway;

/** Does what the command line says, and tells after each step which vectorizers there are. */
@QuarkusMain
public class Commands implements QuarkusApplication {

    private final VectorizerService service;

    Commands(VectorizerService service) {
        this.service = service;
    }

    @Override
    public int run(String... commands) {
        tell("started");
        for (String command : commands) {
            Flyway flyway = service.flyway();
            switch (command) {
                case "damage" -> {
                    service.execute("drop view blog_embeddings");
                    flyway.migrate();
                }
                case "count" ->
                    System.out.println("embeddings: " + service.count("blog_embeddings_store") + ", rows: "
                            + service.count("blog"));
                case "clean" -> flyway.clean();
                case "migrate" -> flyway.migrate();
                default -> throw new IllegalArgumentException(command);
            }
            tell(command);
        }
        return 0;
    }

    private void tell(String step) {
        System.out.println(step + ": "
                + service.pgai().list().stream()
                        .map(vectorizer -> vectorizer.name())
                        .sorted()
                        .toList()
                + ", migrates: " + CountingCallback.migrates());
    }
}
