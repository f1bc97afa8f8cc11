package dev.pgai.jdbc.inspect;

import dev.pgai.InvalidArgumentException;
import dev.pgai.database.Damage;
import dev.pgai.database.Damage.Code;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.catalog.VectorizerRow;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares what there is of a vectorizer with what its row says. */
final class Inspector {

    private Inspector() {}

    /**
     * All that is damaged.
     *
     * @param definition what the row says, or null with the reason why it says nothing
     * @param details what the objects are like, or null when nobody looked
     * @return errors first
     */
    static List<Damage> damages(
            CatalogLook look,
            VectorizerRow vectorizer,
            @Nullable VectorizerDefinition definition,
            @Nullable InvalidArgumentException refusal,
            VectorizerObjects objects,
            @Nullable VectorizerDetails details) {
        List<Damage> damages = new ArrayList<>();
        inspectCatalog(damages, look, vectorizer);
        if (refusal != null) {
            damages.add(Damage.of(
                    Code.ROW_UNREADABLE,
                    "row " + vectorizer.id() + " of ai.vectorizer",
                    "It is not what a vectorizer can be: " + refusal.getMessage(),
                    "Use a newer version of this library if a newer pgai wrote it, else drop the vectorizer."));
        }
        damages.addAll(new ObjectsInspection(vectorizer, objects).damages());
        if (details != null) {
            KeyComparison key = details.compareKey(vectorizer, objects);
            damages.addAll(new DetailsInspection(vectorizer, objects, details, key).damages());
            if (definition != null) {
                damages.addAll(new DefinitionInspection(vectorizer, definition, objects, details, key).damages());
            }
        }
        damages.sort(Comparator.comparing(Damage::severity));
        return List.copyOf(damages);
    }

    private static void inspectCatalog(List<Damage> damages, CatalogLook look, VectorizerRow vectorizer) {
        if (look.missingVector() != null) {
            damages.add(Damage.of(
                    Code.VECTOR_MISSING,
                    "type " + look.missingVector(),
                    "There is no such type, where the catalog looks for it: the extension vector was dropped, and every"
                            + " column of embeddings with it, or moved.",
                    CatalogLook.VECTOR_BACK + " Then: " + RepairHint.of(vectorizer)));
        }
        List<String> missing = new ArrayList<>(look.missingFunctions());
        if (missing.remove(CatalogLook.EMBED)) {
            damages.add(Damage.of(
                    Code.EMBED_FUNCTION_MISSING,
                    "function ai." + CatalogLook.EMBED,
                    "There is no such function any more: SQL that embeds what it searches for fails.",
                    CatalogLook.REINSTALL));
        }
        if (!missing.isEmpty()) {
            damages.add(Damage.of(
                    Code.CATALOG_INCOMPLETE,
                    "schema ai",
                    "The catalog has no function " + String.join(", ", missing) + " any more.",
                    CatalogLook.REINSTALL));
        }
    }
}
