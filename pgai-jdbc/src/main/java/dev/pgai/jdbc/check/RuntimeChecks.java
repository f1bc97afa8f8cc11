package dev.pgai.jdbc.check;

import dev.pgai.database.Problem;
import dev.pgai.database.Problem.Code;
import dev.pgai.jdbc.catalog.SettingDefaults;
import dev.pgai.jdbc.check.DefinitionFacts.Role;
import dev.pgai.vectorizer.DefinitionForm;
import dev.pgai.vectorizer.Embedding;
import dev.pgai.vectorizer.Indexing;
import dev.pgai.vectorizer.Parsing;
import dev.pgai.vectorizer.Processing;
import dev.pgai.vectorizer.Scheduling;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.ArrayList;
import java.util.List;

/** Whether what is to run a vectorizer and who is to use it are there: extensions, the worker, roles. */
final class RuntimeChecks {

    /** What the worker of pgai takes, from 0.10.2 to 0.12.1. The catalog takes up to 50. */
    private static final int WORKER_CONCURRENCY = 10;

    private static final String ADA = "text-embedding-ada-002";
    private static final int ADA_DIMENSIONS = 1536;

    private final VectorizerDefinition definition;
    private final DefinitionFacts facts;

    private final List<Problem> problems = new ArrayList<>();

    RuntimeChecks(VectorizerDefinition definition, DefinitionFacts facts) {
        this.definition = definition;
        this.facts = facts;
    }

    List<Problem> problems() {
        checkScheduling();
        checkWorkerLimits();
        facts.roles().forEach(this::checkGrantee);
        return problems;
    }

    private void checkScheduling() {
        Scheduling scheduling = scheduling();
        Indexing indexing = indexing();
        if (scheduling instanceof Scheduling.None && !(indexing instanceof Indexing.None)) {
            add(
                    Code.INDEXING_WITHOUT_SCHEDULING,
                    "scheduling",
                    scheduling.implementation(),
                    "An index is made by a scheduled job, and indexing is " + indexing.implementation()
                            + (DefinitionForm.isLeftToSettings(definition.indexing())
                                    ? " by the setting ai.indexing_default"
                                    : "")
                            + ".",
                    "Set scheduling to timescaledb; or set indexing to none and create the index yourself.");
        }
        if (scheduling instanceof Scheduling.Timescaledb) {
            for (String extension : List.of("ai", "timescaledb")) {
                if (!facts.extensions().contains(extension)) {
                    add(
                            Code.SCHEDULING_EXTENSION_MISSING,
                            "scheduling",
                            extension,
                            "Scheduling is timescaledb"
                                    + (DefinitionForm.isLeftToSettings(definition.scheduling())
                                            ? " by the setting ai.scheduling_default"
                                            : "")
                                    + " and needs the extension " + extension + ".",
                            "Create it, or set scheduling to none: the worker polls by itself.");
                }
            }
        }
        if (indexing instanceof Indexing.DiskAnn && !facts.extensions().contains("vectorscale")) {
            add(
                    Code.INDEXING_EXTENSION_MISSING,
                    "indexing",
                    "vectorscale",
                    "Indexing is diskann, which needs the extension vectorscale: the job would not make the index.",
                    "Create the extension, or choose hnsw.");
        }
    }

    /** The catalog reads the settings in the session that creates. */
    private Scheduling scheduling() {
        Scheduling given = definition.scheduling();
        if (given == null || given instanceof Scheduling.Default) {
            return SettingDefaults.scheduling(facts.schedulingDefault());
        }
        return given;
    }

    private Indexing indexing() {
        Indexing given = definition.indexing();
        if (given == null || given instanceof Indexing.Default) {
            return SettingDefaults.indexing(facts.indexingDefault());
        }
        return given;
    }

    /** What each worker refuses when it reads the config, and then embeds nothing at all. */
    private void checkWorkerLimits() {
        if (definition.processing() instanceof Processing.Default processing
                && processing.concurrency() != null
                && processing.concurrency() > WORKER_CONCURRENCY) {
            add(
                    Code.WORKER_LIMIT,
                    "processing.concurrency",
                    processing.concurrency().toString(),
                    "pgai's worker refuses more than " + WORKER_CONCURRENCY + ", although the catalog takes it.",
                    "Lower it, and start more workers.");
        }
        if (definition.parsing() instanceof Parsing.Docling docling) {
            add(
                    Code.WORKER_LIMIT,
                    "parsing.implementation",
                    docling.implementation(),
                    "pgai's worker refuses it, although the catalog takes it.",
                    "Leave parsing out: auto uses docling for all documents but EPUB.");
        }
        if (definition.embedding() instanceof Embedding.OpenAi openai
                && openai.model().equals(ADA)
                && openai.dimensions() != ADA_DIMENSIONS) {
            add(
                    Code.WORKER_LIMIT,
                    "embedding.dimensions",
                    String.valueOf(openai.dimensions()),
                    "pgai's worker takes " + ADA + " with " + ADA_DIMENSIONS + " dimensions only.",
                    "Set them, or choose a newer model.");
        }
    }

    /** The catalog reads the name as SQL without quotes, and then grants to the name in quotes. */
    private void checkGrantee(Role role) {
        String name = role.name();
        if (name.equals("public")) {
            return;
        }
        boolean splits = name.startsWith("\"") || name.chars().anyMatch(c -> c == '.' || c <= ' ');
        if (splits ? facts.serverVersion() < 16_00_00 : role.existsInLowerCase() && !role.exists()) {
            add(
                    Code.GRANTEE_NEEDS_QUOTES,
                    "grant_to",
                    name,
                    "The role \"" + name + "\" needs quotes in SQL, and the catalog cannot grant to it.",
                    "Leave it out, and grant to it yourself.");
        } else if (splits || !role.existsInLowerCase()) {
            add(
                    Code.GRANTEE_MISSING,
                    "grant_to",
                    name,
                    role.exists()
                            ? "The role \"" + name + "\" needs quotes in SQL, and the catalog does not find it."
                            : "There is no role \"" + name + "\", and the catalog leaves it out.",
                    role.exists() ? "Grant to it yourself." : "Create it first.");
        }
    }

    private void add(Code code, String option, String value, String message, String hint) {
        problems.add(Problem.of(code, option, value, message, hint));
    }
}
