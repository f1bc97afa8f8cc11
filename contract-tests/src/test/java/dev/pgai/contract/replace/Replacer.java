package dev.pgai.contract.replace;

import dev.pgai.database.VectorizerReplacement;
import dev.pgai.database.VectorizerReplacement.Phase;
import dev.pgai.jdbc.Pgai;
import dev.pgai.jdbc.Replacements;
import dev.pgai.plan.DesiredState;
import dev.pgai.testkit.worker.TestWorker;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/** A program that replaces embeddings, or goes on where one that was killed ended. Says what it is about to do. */
final class Replacer {

    private Replacer() {}

    public static void main(String[] arguments) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(arguments[0]);
        dataSource.setUser(arguments[1]);
        dataSource.setPassword(System.getenv("PASSWORD"));
        VectorizerDefinition wanted = arguments[2].equals("large") ? Posts.LARGE : Posts.SMALL;
        Pgai pgai = Pgai.on(dataSource);
        Replacements replacements = pgai.replacements();
        Optional<VectorizerReplacement> there = replacements.find("v");
        if (there.isEmpty() && !pgai.plan(DesiredState.of(List.of(wanted))).isDrift()) {
            System.out.println("done");
            return;
        }
        if (there.isEmpty() || there.get().phase() == Phase.FILLING) {
            System.out.println("start");
            replacements.start(wanted);
            System.out.println("fill");
            TestWorker.of(dataSource, "v__next").drain();
        }
        System.out.println("complete");
        replacements.complete("v", List.of(), Duration.ofMinutes(2));
        System.out.println("done");
    }
}
