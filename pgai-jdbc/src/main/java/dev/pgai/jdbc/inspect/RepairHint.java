package dev.pgai.jdbc.inspect;

import dev.pgai.jdbc.catalog.VectorizerRow;

/** What most damage is mended by. */
final class RepairHint {

    private RepairHint() {}

    static String of(VectorizerRow vectorizer) {
        return "Apply VectorizerChange.repair(\"" + vectorizer.name() + "\").";
    }
}
