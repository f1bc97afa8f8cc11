package dev.pgai.testkit.internal.chunking;

import java.util.List;

/** As LangChain's {@code CharacterTextSplitter}: cut at one separator, then merge. A long piece stays long. */
public final class CharacterChunker implements Chunker {

    private final Separator separator;
    private final ChunkMerger merger;

    public CharacterChunker(String separator, boolean regex, int size, int overlap) {
        this.separator = Separator.dropped(separator, regex);
        this.merger = new ChunkMerger(size, overlap);
    }

    @Override
    public List<String> split(String text) {
        return merger.merge(separator.piecesWithout(text), separator.glue());
    }
}
