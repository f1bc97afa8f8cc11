package dev.pgai.flyway;

import dev.pgai.vectorizer.DefinitionDifference;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a whole definition with what is stored, where {@link DefinitionDifference#between} compares what it sets.
 */
final class Declaration {

    private Declaration() {}

    /** What is left out is as by default. The defaults of index and schedule are settings of the database. */
    static List<DefinitionDifference> differences(VectorizerDefinition declared, VectorizerDefinition stored) {
        VectorizerDefinition.Builder resolved = declared.asStored().toBuilder();
        boolean index = declared.indexing() != null && !(declared.indexing() instanceof Indexing.Default);
        boolean schedule = declared.scheduling() != null && !(declared.scheduling() instanceof Scheduling.Default);
        if (!index) {
            resolved.indexing(Indexing.byDefault());
        }
        if (!schedule) {
            resolved.scheduling(Scheduling.byDefault());
        }
        VectorizerDefinition whole = resolved.build();
        List<DefinitionDifference> differences = new ArrayList<>(DefinitionDifference.between(whole, stored));
        // What is stored, and has no default: it is there although nobody declares it.
        for (DefinitionDifference more : DefinitionDifference.between(stored, whole)) {
            boolean isSetting = (!index && more.path().startsWith("indexing."))
                    || (!schedule && more.path().startsWith("scheduling."));
            if (!isSetting
                    && differences.stream().noneMatch(known -> known.path().equals(more.path()))) {
                differences.add(new DefinitionDifference(
                        more.path(), /* wanted= */ more.stored(), /* stored= */ more.wanted()));
            }
        }
        return List.copyOf(differences);
    }
}
