package dev.pgai.change;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import dev.pgai.json.JsonObject;
import dev.pgai.sql.ViewSql;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Gives the view of a vectorizer the columns that its source has by now. Owner, rights, options and comments of the
 * view stay. With statements that change the source, the view steps aside while they run: PostgreSQL refuses to change
 * or drop a column that a view shows.
 *
 * @param name the vectorizer
 * @param around statements that are run while the view is not there, in the same transaction; may be empty
 */
public record RefreshVectorizerView(String name, List<String> around) implements VectorizerChange {

    static final String ACTION = "refresh_view";

    private static final String AROUND = "around";

    private static final String DEPENDENT_OBJECTS = "2BP01";

    private static final String DUPLICATE_COLUMN = "42701";

    /**
     * Checks the arguments.
     *
     * @param name as above
     * @param around as above
     * @throws InvalidArgumentException when an argument is null, or a text cannot be stored or is blank
     */
    public RefreshVectorizerView {
        ChangeJson.name(name);
        around = Check.each(AROUND, around, (option, statement) -> Check.nonBlank(option, statement, "Leave it out."));
    }

    /**
     * Takes the view away while statements run, such as {@code alter table blog alter title type varchar(300)}.
     *
     * @param statements what is run instead of what was given before; each may be several, with semicolons
     * @return a copy
     * @throws InvalidArgumentException when a statement is null or blank
     */
    public RefreshVectorizerView around(String... statements) {
        return new RefreshVectorizerView(name, Arrays.asList(Check.notNull(AROUND, statements)));
    }

    static VectorizerChange read(JsonObject json) {
        return new RefreshVectorizerView(
                json.text("name"), Objects.requireNonNullElse(json.optional(AROUND, json::texts), List.of()));
    }

    @Override
    public List<String> sql() {
        return List.of(ViewSql.refresh(name, around));
    }

    @Override
    public Optional<VectorizerChange> inverse() {
        return Optional.empty();
    }

    @Override
    public String whyNoInverse() {
        return "The view shows what the source has. Undo the change of the source, and refresh the view again.";
    }

    @Override
    public String toJson() {
        return ChangeJson.write(ACTION)
                .with("name", name)
                .with(AROUND, around.isEmpty() ? null : around)
                .toString();
    }

    @Override
    public String hintFor(String sqlState) {
        return switch (sqlState) {
            case DEPENDENT_OBJECTS ->
                "Nothing was changed. The view has to be dropped and made again, and what the message names stands on it:"
                        + " drop that first, and make it again afterwards.";
            case DUPLICATE_COLUMN ->
                "Nothing was changed. The source would have two columns of one name, or one that is called as one of the"
                        + " store's, which the view shows, too. Choose another name.";
            default -> "";
        };
    }

    @Override
    public Expectation expects() {
        return Expectation.of(Expectation.Presence.PRESENT, Expectation.Right.UPDATE)
                .with(around.isEmpty() ? Expectation.State.VIEW_REFRESHABLE : Expectation.State.VIEW_THERE)
                .with(Expectation.Owned.VIEW);
    }

    @Override
    public String done(ChangedVectorizer vectorizer) {
        return "Refreshed view " + vectorizer.view() + " of " + vectorizer;
    }

    /**
     * For people.
     *
     * @return for example {@code refresh the view of vectorizer "blog"}
     */
    @Override
    public String toString() {
        return "refresh the view of vectorizer \"" + name + "\"";
    }
}
