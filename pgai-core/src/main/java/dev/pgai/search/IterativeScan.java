package dev.pgai.search;

import java.util.Locale;

/**
 * What a search by an index does when conditions leave too few of the rows that the index gave. Since pgvector 0.8; the
 * server's default is {@link #OFF}.
 */
public enum IterativeScan {
    /** It gives fewer rows than the limit. */
    OFF,
    /** It asks the index for more, in the order of their distances. An index of kind {@code ivfflat} cannot. */
    STRICT_ORDER,
    /** It asks the index for more, whose order is not exact and which may miss a few; what was found is sorted. */
    RELAXED_ORDER;

    /** As pgvector's settings have it. */
    String setting() {
        return name().toLowerCase(Locale.ROOT);
    }
}
