package dev.pgai.plan;

import dev.pgai.database.Damage;
import dev.pgai.database.StoredVectorizer;
import dev.pgai.json.JsonText;
import dev.pgai.plan.ObservedState.Replacement;
import dev.pgai.vectorizer.DefinitionForm;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** What a plan depends on, in short: what is desired, and what is stored of the vectorizers that it is about. */
final class Fingerprint {

    private static final int BYTES = 16;

    private Fingerprint() {}

    static String of(DesiredState desired, ObservedState observed) {
        List<Object> facts = new ArrayList<>();
        facts.add(observed.indexingByDefault().toString());
        facts.add(observed.schedulingByDefault().toString());
        desired.definitions().forEach(definition -> facts.add(DefinitionForm.toMap(definition)));
        facts.add(desired.removed());
        for (StoredVectorizer vectorizer : observed.vectorizers()) {
            if (desired.isAbout(vectorizer.name())) {
                // In an order: a map of Map.of has another one in each JVM.
                facts.add(List.of(vectorizer.id(), vectorizer.name(), vectorizer.enabled()));
                facts.add(vectorizer.config());
                facts.add(vectorizer.damages().stream().map(Damage::toString).toList());
            }
        }
        for (Replacement replacement : observed.replacements()) {
            if (desired.isAbout(replacement.name()) || desired.isAbout(replacement.next())) {
                facts.add(replacement.next());
                facts.add(replacement.phase().name());
            }
        }
        observed.kept().stream().sorted().forEach(facts::add);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            facts.forEach(fact -> digest.update((JsonText.write(fact) + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each JDK has SHA-256", e);
        }
    }
}
