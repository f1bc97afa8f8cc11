package dev.pgai.testkit.worker;

import dev.pgai.database.StoredVectorizer;
import dev.pgai.testkit.internal.chunking.CharacterChunker;
import dev.pgai.testkit.internal.chunking.Chunker;
import dev.pgai.testkit.internal.chunking.RecursiveChunker;
import dev.pgai.testkit.internal.python.PythonException;
import dev.pgai.testkit.internal.python.PythonTemplate;
import dev.pgai.testkit.internal.python.UnsupportedRegexException;
import dev.pgai.vectorizer.Chunking;
import dev.pgai.vectorizer.Destination;
import dev.pgai.vectorizer.Formatting;
import dev.pgai.vectorizer.Loading;
import dev.pgai.vectorizer.Option;
import dev.pgai.vectorizer.Parsing;
import dev.pgai.vectorizer.Processing;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a vectorizer's options tell a worker to do.
 *
 * @param vectorizer the vectorizer
 * @param queue the queue
 * @param failedQueue where rows go whose loading failed too often
 * @param column the column to load
 * @param retries how often loading is tried again
 * @param chunker cuts what was loaded
 * @param template what is embedded for a chunk; null for the chunk itself
 * @param provider the implementation of the embedding
 * @param dimensions the length of the vectors
 * @param batchSize how many rows of the queue are taken at once
 */
record WorkerPlan(
        StoredVectorizer vectorizer,
        RelationName queue,
        RelationName failedQueue,
        String column,
        int retries,
        Chunker chunker,
        @Nullable PythonTemplate template,
        String provider,
        int dimensions,
        int batchSize) {

    private static final int DEFAULT_BATCH_SIZE = 50;
    private static final int MAX_BATCH_SIZE = 2048;
    private static final int DEFAULT_RETRIES = 6;

    /**
     * Reads the options.
     *
     * @throws UnsupportedVectorizerException when the worker for tests cannot carry one of them out
     */
    static WorkerPlan of(StoredVectorizer vectorizer) {
        VectorizerDefinition definition = vectorizer.definition();
        OptionArguments loading = new OptionArguments(definition.loading());
        if (!loading.is(Loading.Column.class, "column")) {
            throw loading.unsupported("It reads no files: load from a column of text in tests.");
        }
        checkParsing(definition.parsing());
        Integer retries = loading.optionalInteger("retries");
        return new WorkerPlan(
                vectorizer,
                queue(vectorizer),
                required("failed queue", vectorizer.failedQueue()),
                loading.text("column_name"),
                retries == null ? DEFAULT_RETRIES : retries,
                chunker(required("chunking", definition.chunking())),
                template(required("formatting", definition.formatting())),
                definition.embedding().implementation(),
                new OptionArguments(definition.embedding()).integer("dimensions"),
                batchSize(definition.processing()));
    }

    Destination destination() {
        return destination(vectorizer);
    }

    static Destination destination(StoredVectorizer vectorizer) {
        return required("destination", vectorizer.definition().destination());
    }

    static RelationName queue(StoredVectorizer vectorizer) {
        return required("queue", vectorizer.queue());
    }

    private static void checkParsing(@Nullable Parsing parsing) {
        if (parsing == null) {
            return;
        }
        OptionArguments arguments = new OptionArguments(parsing);
        if (!arguments.is(Parsing.Auto.class, "auto") && !arguments.is(Parsing.None.class, "none")) {
            throw arguments.unsupported("It parses no documents: load a column of text in tests.");
        }
    }

    private static Chunker chunker(Option chunking) {
        try {
            return checkedChunker(chunking);
        } catch (PythonException e) {
            // pgai's worker finds out when it has taken a row.
            return text -> {
                throw e;
            };
        } catch (UnsupportedRegexException e) {
            throw new UnsupportedVectorizerException(e.getMessage() + " Use another separator in tests.");
        }
    }

    private static Chunker checkedChunker(Option chunking) {
        OptionArguments arguments = new OptionArguments(chunking);
        if (arguments.is(Chunking.None.class, "none")) {
            return List::of;
        }
        if (arguments.is(Chunking.CharacterTextSplitter.class, "character_text_splitter")) {
            return new CharacterChunker(
                    arguments.text("separator"),
                    arguments.bool("is_separator_regex"),
                    arguments.integer("chunk_size"),
                    arguments.integer("chunk_overlap"));
        }
        if (arguments.is(Chunking.RecursiveCharacterTextSplitter.class, "recursive_character_text_splitter")) {
            return new RecursiveChunker(
                    arguments.texts("separators"),
                    arguments.bool("is_separator_regex"),
                    arguments.integer("chunk_size"),
                    arguments.integer("chunk_overlap"));
        }
        throw arguments.unsupported("Use one of the text splitters or ai.chunking_none in tests.");
    }

    private static @Nullable PythonTemplate template(Option formatting) {
        OptionArguments arguments = new OptionArguments(formatting);
        if (arguments.is(Formatting.PythonTemplate.class, "python_template")) {
            return new PythonTemplate(arguments.text("template"));
        }
        // pgai's worker knows a second one, which its catalog has no function for.
        if (formatting.implementation().equals("chunk_value")) {
            return null;
        }
        throw arguments.unsupported("Use ai.formatting_python_template in tests.");
    }

    private static int batchSize(@Nullable Processing processing) {
        Integer batchSize = processing == null ? null : new OptionArguments(processing).optionalInteger("batch_size");
        return batchSize == null ? DEFAULT_BATCH_SIZE : Math.max(1, Math.min(batchSize, MAX_BATCH_SIZE));
    }

    private static <T> T required(String what, @Nullable T stored) {
        if (stored == null) {
            throw new UnsupportedVectorizerException("The stored vectorizer has no " + what
                    + ", which catalogs from pgai 0.10.2 on give it. Create the vectorizer anew.");
        }
        return stored;
    }
}
