package dev.pgai.managed.exclusion;

import dev.pgai.managed.ManagedObject;
import java.util.List;

/**
 * A list for a tool.
 *
 * @param format what it was written for
 * @param text the list, to be given to the tool as it is; empty when there is nothing that it could name
 * @param missing the managed objects that the list leaves out, because the format has no way to say them
 */
public record ExclusionList(ExclusionFormat format, String text, List<ManagedObject> missing) {

    /**
     * Copies the list of what is missing.
     *
     * @param format as above
     * @param text as above
     * @param missing as above
     */
    public ExclusionList {
        missing = List.copyOf(missing);
    }

    /**
     * What the format cannot say, and what the tool must be told beside the list.
     *
     * @return {@link ExclusionFormat#note()}
     */
    public String note() {
        return format.note();
    }
}
