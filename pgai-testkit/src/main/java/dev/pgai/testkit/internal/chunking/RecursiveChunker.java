package dev.pgai.testkit.internal.chunking;

import java.util.ArrayList;
import java.util.List;

/**
 * As LangChain's {@code RecursiveCharacterTextSplitter}: cut at the first separator that is there, merge what is short,
 * and cut what is long at the separators after it.
 */
public final class RecursiveChunker implements Chunker {

    /** What LangChain takes for no separators at all. */
    private static final List<String> DEFAULT_SEPARATORS = List.of("\n\n", "\n", " ", "");

    private final List<Separator> separators;
    private final ChunkMerger merger;

    public RecursiveChunker(List<String> separators, boolean regex, int size, int overlap) {
        this.separators = (separators.isEmpty() ? DEFAULT_SEPARATORS : separators)
                .stream().map(separator -> Separator.kept(separator, regex)).toList();
        this.merger = new ChunkMerger(size, overlap);
    }

    @Override
    public List<String> split(String text) {
        return split(text, separators);
    }

    private List<String> split(String text, List<Separator> candidates) {
        int chosen = firstThatApplies(text, candidates);
        Separator separator = candidates.get(chosen < 0 ? candidates.size() - 1 : chosen);
        // None is tried again below a text that holds none of them, nor below one that was cut everywhere.
        List<Separator> rest =
                chosen < 0 || separator.isEmpty() ? List.of() : candidates.subList(chosen + 1, candidates.size());
        List<String> chunks = new ArrayList<>();
        List<String> shortPieces = new ArrayList<>();
        for (String piece : separator.piecesWith(text)) {
            if (merger.isShort(piece)) {
                shortPieces.add(piece);
                continue;
            }
            flush(shortPieces, chunks);
            if (rest.isEmpty()) {
                chunks.add(piece);
            } else {
                chunks.addAll(split(piece, rest));
            }
        }
        flush(shortPieces, chunks);
        return chunks;
    }

    private static int firstThatApplies(String text, List<Separator> candidates) {
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.get(i).isEmpty() || candidates.get(i).isIn(text)) {
                return i;
            }
        }
        return -1;
    }

    private void flush(List<String> shortPieces, List<String> chunks) {
        if (!shortPieces.isEmpty()) {
            chunks.addAll(merger.merge(shortPieces, ""));
            shortPieces.clear();
        }
    }
}
