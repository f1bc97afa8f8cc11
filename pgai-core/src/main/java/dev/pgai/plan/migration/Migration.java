package dev.pgai.plan.migration;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.change.CreateVectorizerIfAbsent;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.RefusedException;
import dev.pgai.plan.VectorizerPlan;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Changes that are done in one transaction, with a version and a description, before they are a file of a migration
 * tool: {@link SqlFiles} for plain SQL, {@link FlywayFiles}, {@link LiquibaseFiles} and {@link MyBatisFiles}. Nothing
 * is written to disk. Immutable.
 *
 * <pre>{@code
 * VectorizerPlan plan = pgai.plan(desired);
 * for (Migration migration : Migration.of(plan, Migration.timestamp(Instant.now()), "smaller chunks")) {
 *     for (MigrationFile file : SqlFiles.write(migration)) {
 *         Files.writeString(directory.resolve(file.name()), file.content());
 *     }
 * }
 * }</pre>
 *
 * <p>A migration does in another database what the plan would do in the one that it was made for. It does not look
 * whether the two are alike: that is what {@code Pgai.plan} is for, afterwards.
 */
public final class Migration {

    private static final Pattern VERSION = Pattern.compile("[0-9]+(?:\\.[0-9]+)*");

    private static final Pattern DESCRIPTION = Pattern.compile("[A-Za-z0-9_]+(?: [A-Za-z0-9_]+)*");

    /** What would end a comment, or mean something to a compiler or a tool. A name may hold it. */
    private static final Pattern NOT_IN_A_COMMENT = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\\\$]");

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String version;
    private final String description;
    private final List<VectorizerChange> changes;
    private final List<String> comments;

    Migration(String version, String description, List<? extends VectorizerChange> changes, List<String> comments) {
        this.version = version;
        this.description = description;
        this.changes = List.copyOf(changes);
        this.comments = comments.stream()
                .map(line -> NOT_IN_A_COMMENT.matcher(line).replaceAll("?"))
                .toList();
    }

    /**
     * The migrations of a plan: one, or three where rows are queued again, which needs a vectorizer that a transaction
     * before has disabled. The first of the three disables it, and has the steps that need no such thing; the second
     * alters it; the third enables it. The second is refused, and changes nothing, while a worker is at the vectorizer:
     * it is run again when the worker is done. One that is disabled already is neither disabled nor enabled.
     *
     * @param plan what is to be done
     * @param version digits, with dots between them; three migrations have {@code .1}, {@code .2} and {@code .3} behind
     *     it
     * @param description words of ASCII letters, digits and underscores with a space between them
     * @return none when there is nothing to do; unmodifiable
     * @throws InvalidArgumentException when an argument is null, or a text is not as above
     * @throws RefusedException when the plan has errors, with these
     */
    public static List<Migration> of(VectorizerPlan plan, String version, String description) {
        check(version, description);
        if (!Check.notNull("plan", plan).errors().isEmpty()) {
            throw new RefusedException("Cannot write migrations", plan.errors());
        }
        return PlanMigrations.of(plan, version, description);
    }

    /**
     * A migration of changes.
     *
     * @param version digits, with dots between them, such as {@code 5} or {@link #timestamp}
     * @param description words of ASCII letters, digits and underscores with a space between them
     * @param changes one change or more, in this order
     * @return the migration
     * @throws InvalidArgumentException when an argument is null, there is no change, or a text is not as above
     */
    public static Migration of(String version, String description, List<? extends VectorizerChange> changes) {
        check(version, description);
        List<VectorizerChange> each = Check.each("changes", changes, Check::notNull);
        if (each.isEmpty()) {
            throw new InvalidArgumentException("changes", each, "there is none", "Give one change or more.");
        }
        return new Migration(version, description, each, List.of());
    }

    /**
     * A version that is a time.
     *
     * @param time when, to the second
     * @return 14 digits, in UTC, such as {@code 20260131120000}
     */
    public static String timestamp(Instant time) {
        return TIMESTAMP.format(Check.notNull("time", time));
    }

    private static void check(String version, String description) {
        if (!VERSION.matcher(Check.text("version", version)).matches()) {
            throw new InvalidArgumentException(
                    "version", version, "it must be digits, with dots between them", "Write it as 5, 5.1 or a time.");
        }
        if (!DESCRIPTION.matcher(Check.text("description", description)).matches()) {
            throw new InvalidArgumentException(
                    "description",
                    description,
                    "it becomes the name of a file and of a class: words of ASCII letters, digits and underscores, with"
                            + " one space between them",
                    "Write it as: smaller chunks.");
        }
    }

    /**
     * The version.
     *
     * @return digits, with dots between them
     */
    public String version() {
        return version;
    }

    /**
     * The description.
     *
     * @return words with a space between them
     */
    public String description() {
        return description;
    }

    /**
     * The name of a file, without what the tool puts before and after it.
     *
     * @return the description with underscores
     */
    public String fileName() {
        return description.replace(' ', '_');
    }

    /**
     * What is done.
     *
     * @return changes in their order; unmodifiable
     */
    public List<VectorizerChange> changes() {
        return changes;
    }

    /**
     * What a reader should know: the steps of the plan with their hazards, its fingerprint, and why it is not undone.
     *
     * @return lines without a mark of a comment; unmodifiable
     */
    public List<String> comments() {
        if (isUndone()) {
            return comments;
        }
        List<String> lines = new ArrayList<>(comments);
        lines.add("Not undone:");
        changes.stream()
                .filter(change -> change.inverse().isEmpty())
                .forEach(change -> lines.add("  "
                        + NOT_IN_A_COMMENT
                                .matcher(change + ": " + change.whyNoInverse())
                                .replaceAll("?")));
        return Collections.unmodifiableList(lines);
    }

    /**
     * Whether each change has a way back.
     *
     * @return false when one has not; {@link #comments} say why
     */
    public boolean isUndone() {
        return changes.stream().allMatch(change -> change.inverse().isPresent());
    }

    /**
     * What undoes it: the way back of each change, in the opposite order.
     *
     * @return changes in their order, unmodifiable; none when it is not {@linkplain #isUndone() undone}
     */
    public List<VectorizerChange> undo() {
        List<VectorizerChange> undo = new ArrayList<>();
        if (isUndone()) {
            changes.forEach(change -> undo.add(0, change.inverse().orElseThrow()));
        }
        return Collections.unmodifiableList(undo);
    }

    /**
     * The statements, for a tool that takes SQL. They belong into one transaction.
     *
     * @return each on one line, without a semicolon; unmodifiable
     * @throws InvalidArgumentException when a change creates a vectorizer if it is absent: SQL cannot compare one that
     *     is there with a definition
     */
    public List<String> sql() {
        for (VectorizerChange change : changes) {
            if (change instanceof CreateVectorizerIfAbsent) {
                throw new InvalidArgumentException(
                        "changes",
                        change,
                        "SQL cannot see whether a vectorizer that is there has this definition",
                        "Create it, or use the Java form of Flyway, or Liquibase.");
            }
        }
        return VectorizerChange.script(changes);
    }

    /**
     * The statements that undo it.
     *
     * @return as {@link #sql}; none when it is not {@linkplain #isUndone() undone}
     */
    public List<String> undoSql() {
        return isUndone() ? VectorizerChange.script(undo()) : List.of();
    }

    /**
     * For people.
     *
     * @return version and description
     */
    @Override
    public String toString() {
        return version + " " + description;
    }
}
