package dev.pgai.mybatis.migrations;

import dev.pgai.PgaiException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.ibatis.migration.MigrationScript;

/**
 * A script of MyBatis Migrations that creates or drops vectorizers. Subclasses need a public constructor without
 * arguments, and are found by {@code JavaMigrationLoader}.
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
 * Migrations is told to ignore them. The definition is rendered when the script runs: keep it as it was when the script
 * was applied, beside the script or in it.
 */
public abstract class VectorizerScript implements MigrationScript {

    /**
     * MyBatis Migrations takes a notice for a warning and fails, such as when a column destination takes over the
     * column that a drop left. Until the end of the transaction; in autocommit it has no effect, and no warning of its
     * own.
     */
    private static final String WITHOUT_NOTICES =
            "select pg_catalog.set_config('client_min_messages', 'warning', true);\n";

    private final BigDecimal id;
    private final String description;
    private final List<VectorizerChange> changes;

    /**
     * Says what the script does.
     *
     * @param id its number; a newer script has a larger one
     * @param description a few words, for the change log
     * @param changes one or more: up in this order, down in the opposite one
     * @throws PgaiException when there is no change
     */
    protected VectorizerScript(long id, String description, VectorizerChange... changes) {
        this.id = BigDecimal.valueOf(id);
        this.description = Objects.requireNonNull(description, "description");
        this.changes = List.of(changes);
        if (this.changes.isEmpty()) {
            throw new PgaiException(
                    "changes is refused in script " + id + ": there is none. Give what to create or" + " drop.");
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
        return changes.stream().map(VectorizerChange::up).collect(Collectors.joining("", WITHOUT_NOTICES, ""));
    }

    @Override
    public final String getDownScript() {
        List<VectorizerChange> backwards = new ArrayList<>(changes);
        Collections.reverse(backwards);
        return backwards.stream().map(VectorizerChange::down).collect(Collectors.joining("", WITHOUT_NOTICES, ""));
    }
}
