package dev.pgai.testkit;

import dev.pgai.PgaiException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.DesiredState;
import dev.pgai.testkit.internal.file.Digest;
import dev.pgai.testkit.internal.file.UserFiles;
import dev.pgai.testkit.internal.sql.SqlScript;
import dev.pgai.testkit.internal.template.TemplateStep;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * What the user's template has beside pgai: first scripts, then preparers, then vectorizers, each in the order given.
 */
final class Setup {

    private final List<TemplateStep> scripts = new ArrayList<>();
    private final List<TemplateStep> preparers = new ArrayList<>();
    private final List<TemplateStep> vectorizers = new ArrayList<>();

    void script(String location) {
        String sql = UserFiles.text(location);
        SqlScript script = SqlScript.read(location, sql);
        scripts.add(TemplateStep.inTransaction("script " + sql, script::run));
    }

    void preparer(DatabasePreparer preparer) {
        Class<?> type = preparer.getClass();
        String key = "preparer " + type.getName() + " " + classFile(type) + " " + preparer.key();
        preparers.add(new TemplateStep(key, template -> run(preparer, template)));
    }

    private static void run(DatabasePreparer preparer, DataSource template) {
        try {
            preparer.prepare(template);
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new PgaiException(preparer.getClass().getName() + " failed: " + e.getMessage(), e);
        }
    }

    /** What the preparer does is more than what it says. A lambda has no file. */
    private static String classFile(Class<?> type) {
        String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            return in == null ? "" : new Digest().add(in.readAllBytes()).hex();
        } catch (IOException e) {
            throw new UncheckedIOException(type.getName(), e);
        }
    }

    void vectorizers(String location) {
        String json = UserFiles.text(location);
        try {
            DesiredState.read(json).definitions().forEach(this::vectorizer);
        } catch (PgaiException e) {
            throw new PgaiException(location + ": " + e.getMessage(), e);
        }
    }

    void vectorizer(VectorizerDefinition definition) {
        VectorizerChange create = VectorizerChange.create(definition);
        vectorizers.add(TemplateStep.inTransaction(
                "vectorizer " + create.canonicalText(),
                connection -> Pgai.on(connection).apply(create)));
    }

    List<TemplateStep> steps() {
        return Stream.of(scripts, preparers, vectorizers).flatMap(List::stream).toList();
    }
}
