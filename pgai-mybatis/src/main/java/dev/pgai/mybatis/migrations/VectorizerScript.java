package dev.pgai.mybatis.migrations;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import dev.pgai.change.CreateVectorizerIfAbsent;
import dev.pgai.change.VectorizerChange;
import dev.pgai.plan.migration.MyBatisFiles;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.ibatis.migration.MigrationScript;
import org.jspecify.annotations.Nullable;

/**
 * A script of MyBatis Migrations that changes vectorizers. Subclasses need a public constructor without arguments, and
 * are found by {@code JavaMigrationLoader}; on the command line by {@link SqlAndJavaScripts}.
 *
 * <pre>{@code
 * public class V20260101_BlogVectorizer extends VectorizerScript {
 *     public V20260101_BlogVectorizer() {
 *         super(20260101, "blog vectorizer", VectorizerChange.create(DEFINITION));
 *     }
 * }
 * }</pre>
 *
 * <p>Each statement is one line that ends with a semicolon, for the default delimiter. The first keeps notices from
 * failing the script; warnings, such as of a role in {@code grant_to} that does not exist, do fail it unless MyBatis
 * Migrations is told to ignore them. The changes are rendered when the script runs: keep them as they were when the
 * script was applied, beside the script or in it.
 *
 * <p>All changes of a script are done or none: with {@code auto_commit=true} it is refused by its third statement,
 * before anything is done. A script is text, and cannot compare a vectorizer that is there with a definition:
 * {@code createIfAbsent} is refused, for it would be called applied whatever is there.
 */
public abstract class VectorizerScript implements MigrationScript {

    private final BigDecimal id;
    private final String description;
    private final List<VectorizerChange> up;
    private final @Nullable List<VectorizerChange> down;

    /**
     * Says what the script does. Down does the way back of each change, in the opposite order.
     *
     * @param id its number; a newer script has a larger one
     * @param description a few words, for the change log
     * @param changes one or more, in this order
     * @throws InvalidArgumentException when an argument is null, when there is no change, or one that creates if absent
     */
    protected VectorizerScript(long id, String description, VectorizerChange... changes) {
        this(id, description, Arrays.asList(required("changes", changes)), null);
    }

    /**
     * Says what the script does, with a way back of its own: where a change has none, or another is wanted, such as to
     * keep the embeddings.
     *
     * @param id its number; a newer script has a larger one
     * @param description a few words, for the change log
     * @param up one or more changes, in this order
     * @param down the changes of the way down, in this order; null for the way back of each change
     * @throws InvalidArgumentException when an argument but down, or a change, is null; when there is no change on the
     *     way up, or one that creates if absent
     */
    protected VectorizerScript(
            long id, String description, List<VectorizerChange> up, @Nullable List<VectorizerChange> down) {
        this.id = BigDecimal.valueOf(id);
        this.description = required("description", description);
        this.up = checked(id, required("up", up));
        this.down = down == null ? null : checked(id, down);
        if (this.up.isEmpty()) {
            throw new InvalidArgumentException(
                    "changes of script " + id, up, "there is none", "Give one change or more.");
        }
    }

    private static <T> T required(String argument, @Nullable T value) {
        if (value == null) {
            throw new InvalidArgumentException(
                    argument, null, "it is required", "A field that it names may not have its value yet.");
        }
        return value;
    }

    private static List<VectorizerChange> checked(long id, List<VectorizerChange> changes) {
        changes.forEach(change -> refuseIfAbsent(id, required("changes of script " + id, change)));
        return List.copyOf(changes);
    }

    private static void refuseIfAbsent(long id, VectorizerChange change) {
        if (change instanceof CreateVectorizerIfAbsent) {
            throw new InvalidArgumentException(
                    "changes of script " + id,
                    change,
                    "a script cannot see whether a vectorizer that is there has this definition",
                    "Create it, and where it is there already, run the scripts after this one; or call"
                            + " Pgai.createIfAbsent.");
        }
    }

    @Override
    public final BigDecimal getId() {
        return id;
    }

    @Override
    public final String getDescription() {
        return description;
    }

    @Override
    public final String getUpScript() {
        return MyBatisFiles.script(up);
    }

    /**
     * The way down.
     *
     * @return the script
     * @throws PgaiException when a change has no way back and the script gives none
     */
    @Override
    public final String getDownScript() {
        return MyBatisFiles.script(down == null ? inverses() : down);
    }

    private List<VectorizerChange> inverses() {
        List<VectorizerChange> backwards = new ArrayList<>(up);
        Collections.reverse(backwards);
        return backwards.stream()
                .map(change -> change.inverse()
                        .orElseThrow(() -> new PgaiException("Script " + id + " has no way down: to " + change
                                + " is not undone. " + change.whyNoInverse()
                                + " Or give the script a way down of its own.")))
                .toList();
    }
}
