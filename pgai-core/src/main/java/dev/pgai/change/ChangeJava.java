package dev.pgai.change;

import dev.pgai.java.JavaSource;
import dev.pgai.vectorizer.DefinitionForm;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.Enqueue;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Changes as Java code; their definitions are constants of the class. */
final class ChangeJava {

    private final JavaSource java;

    ChangeJava(JavaSource java) {
        this.java = java;
    }

    String write(VectorizerChange change) {
        return java.type(VectorizerChange.class) + "." + call(change);
    }

    private String call(VectorizerChange change) {
        if (change instanceof CreateVectorizer create) {
            return "create(" + constant(create.definition()) + ")" + enqueueExisting(create.enqueueExisting());
        }
        if (change instanceof CreateVectorizerIfAbsent create) {
            return "createIfAbsent(" + constant(create.definition()) + ")" + enqueueExisting(create.enqueueExisting());
        }
        if (change instanceof AlterVectorizer alter) {
            return "alter(" + constant(alter.definition()) + ")"
                    + (alter.before() == null ? "" : ".withBefore(" + constant(alter.before()) + ")");
        }
        if (change instanceof AdoptVectorizer adopt) {
            return "adopt(" + constant(adopt.definition()) + ")" + enqueue(adopt.enqueue(), Enqueue.MISSING)
                    + orphans(adopt.deleteOrphans());
        }
        if (change instanceof DropVectorizer drop) {
            return "drop(" + name(drop) + ", " + constant(drop.embeddings()) + ")"
                    + (drop.definition() == null ? "" : ".withDefinition(" + constant(drop.definition()) + ")");
        }
        if (change instanceof DropVectorizerIfExists drop) {
            return "dropIfExists(" + name(drop) + ", " + constant(drop.embeddings()) + ")";
        }
        if (change instanceof SetVectorizerScheduling set) {
            return "setScheduling(" + name(set) + ", " + DefinitionForm.java(java, set.scheduling()) + ", "
                    + DefinitionForm.java(java, set.indexing()) + ")";
        }
        if (change instanceof RepairVectorizer repair) {
            return "repair(" + name(repair) + ")" + enqueue(repair.enqueue(), Enqueue.ALL)
                    + orphans(repair.deleteOrphans());
        }
        if (change instanceof RefreshVectorizerView refresh) {
            return "refreshView(" + name(refresh) + ")"
                    + (refresh.around().isEmpty()
                            ? ""
                            : refresh.around().stream()
                                    .map(JavaSource::text)
                                    .collect(Collectors.joining(", ", ".around(", ")")));
        }
        if (change instanceof EnqueueRows rows) {
            return "enqueue(" + name(rows) + ")" + enqueue(rows.enqueue(), Enqueue.ALL);
        }
        if (change instanceof StartReplacement start) {
            return "startReplacement(" + constant(start.definition()) + ")" + enqueue(start.enqueue(), Enqueue.ALL);
        }
        if (change instanceof CompleteReplacement complete) {
            return "completeReplacement(" + name(complete) + ")" + (complete.acceptGaps() ? ".acceptingGaps()" : "");
        }
        if (change instanceof AbortReplacement abort) {
            return "abortReplacement(" + name(abort) + ")";
        }
        String factory = change instanceof EnableVectorizer
                ? "enable"
                : change instanceof DisableVectorizer ? "disable" : "forget";
        return factory + "(" + name(change) + ")";
    }

    private String constant(VectorizerDefinition definition) {
        return DefinitionForm.javaConstant(java, definition);
    }

    private String constant(Embeddings embeddings) {
        return java.type(Embeddings.class) + "." + embeddings.name();
    }

    private static String name(VectorizerChange change) {
        return JavaSource.text(change.name());
    }

    private String enqueue(Enqueue enqueue, Enqueue byDefault) {
        return enqueue == byDefault ? "" : ".withEnqueue(" + java.type(Enqueue.class) + "." + enqueue.name() + ")";
    }

    private static String enqueueExisting(@Nullable Boolean enqueueExisting) {
        return enqueueExisting == null ? "" : ".withEnqueueExisting(" + enqueueExisting + ")";
    }

    private static String orphans(boolean deleteOrphans) {
        return deleteOrphans ? ".deletingOrphans()" : "";
    }
}
