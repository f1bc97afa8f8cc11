package dev.pgai.jdbc.inspect;

import dev.pgai.jdbc.catalog.Column;
import dev.pgai.jdbc.catalog.VectorizerRow.KeyColumn;
import java.util.ArrayList;
import java.util.List;

/**
 * The primary key of the source beside that for which the vectorizer was made.
 *
 * @param asMade the columns of the key, by the names that queues and store know them by; none when it is another key
 */
record KeyComparison(Result result, List<Column> asMade) {

    enum Result {
        SAME,
        /** Columns have other names. */
        RENAMED,
        /** Columns have other types. */
        RETYPED,
        /** It has other columns, or is gone. */
        OTHER
    }

    /**
     * Compares.
     *
     * @param made as the row of the vectorizer has it
     * @param now as the source has it
     * @param copies the columns of the queue, or of the store: they have the types that the key had
     */
    static KeyComparison of(List<KeyColumn> made, List<Column> now, List<Column> copies) {
        if (made.size() != now.size() || now.isEmpty()) {
            return new KeyComparison(Result.OTHER, List.of());
        }
        List<Column> asMade = new ArrayList<>();
        Result result = Result.SAME;
        for (int i = 0; i < now.size(); i++) {
            KeyColumn before = made.get(i);
            Column column = now.get(i);
            boolean sameName = before.name().equals(column.name());
            boolean sameType =
                    Column.find(copies, before.name()).map(column::sameType).orElse(true);
            if (!sameName && (before.number() != column.number() || !sameType)) {
                return new KeyComparison(Result.OTHER, List.of());
            }
            if (!sameType) {
                result = Result.RETYPED;
            } else if (!sameName && result == Result.SAME) {
                result = Result.RENAMED;
            }
            asMade.add(column.named(before.name()));
        }
        return new KeyComparison(result, result == Result.RETYPED ? List.of() : List.copyOf(asMade));
    }
}
