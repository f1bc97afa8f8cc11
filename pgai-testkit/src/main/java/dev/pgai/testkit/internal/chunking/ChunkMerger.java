package dev.pgai.testkit.internal.chunking;

import dev.pgai.testkit.internal.python.PythonException;
import dev.pgai.testkit.internal.python.PythonString;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Puts small pieces together into chunks that overlap, as LangChain's text splitters do. Lengths are in code points.
 */
final class ChunkMerger {

    private final int size;
    private final int overlap;

    /**
     * Checks as LangChain does, with its messages.
     *
     * @throws PythonException when the sizes do not fit together
     */
    ChunkMerger(int size, int overlap) {
        if (size <= 0) {
            throw new PythonException("chunk_size must be > 0, got " + size);
        }
        if (overlap < 0) {
            throw new PythonException("chunk_overlap must be >= 0, got " + overlap);
        }
        if (overlap > size) {
            throw new PythonException(
                    "Got a larger chunk overlap (" + overlap + ") than chunk size (" + size + "), should be smaller.");
        }
        this.size = size;
        this.overlap = overlap;
    }

    boolean isShort(String piece) {
        return PythonString.length(piece) < size;
    }

    /** Fills chunks with pieces, and starts each chunk with the last pieces of the one before, as far as they fit. */
    List<String> merge(List<String> pieces, String glue) {
        List<String> chunks = new ArrayList<>();
        Window window = new Window(glue);
        for (String piece : pieces) {
            int length = PythonString.length(piece);
            if (window.lengthWith(length) > size && !window.pieces.isEmpty()) {
                addUnlessBlank(chunks, window.text());
                while (window.length > overlap || (window.lengthWith(length) > size && window.length > 0)) {
                    window.removeFirst();
                }
            }
            window.addLast(piece, length);
        }
        addUnlessBlank(chunks, window.text());
        return chunks;
    }

    private static void addUnlessBlank(List<String> chunks, String text) {
        String stripped = PythonString.strip(text);
        if (!stripped.isEmpty()) {
            chunks.add(stripped);
        }
    }

    /** The pieces of the chunk that is being filled. */
    private static final class Window {

        private final Deque<String> pieces = new ArrayDeque<>();
        private final String glue;
        private final int glueLength;
        private int length;

        Window(String glue) {
            this.glue = glue;
            this.glueLength = PythonString.length(glue);
        }

        int lengthWith(int more) {
            return pieces.isEmpty() ? more : length + glueLength + more;
        }

        void addLast(String piece, int pieceLength) {
            length = lengthWith(pieceLength);
            pieces.addLast(piece);
        }

        void removeFirst() {
            length -= PythonString.length(pieces.removeFirst());
            if (!pieces.isEmpty()) {
                length -= glueLength;
            }
        }

        String text() {
            return String.join(glue, pieces);
        }
    }
}
