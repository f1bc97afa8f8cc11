package dev.pgai.liquibase;

import dev.pgai.PgaiException;
import dev.pgai.change.DropVectorizer;
import dev.pgai.change.DropVectorizerIfExists;
import dev.pgai.change.ForgetVectorizer;
import dev.pgai.change.VectorizerChange;
import dev.pgai.plan.DesiredState;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Embeddings;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.configuration.ConfigurationValueConverter;
import liquibase.configuration.LiquibaseConfiguration;
import liquibase.database.Database;
import liquibase.exception.DatabaseException;
import liquibase.exception.LiquibaseException;
import liquibase.exception.UnexpectedLiquibaseException;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.Resource;
import liquibase.resource.ResourceAccessor;
import org.jspecify.annotations.Nullable;

/** The vectorizers that files declare, whether or not a database has them yet. */
final class DeclaredVectorizers {

    private static final Pattern COMMA = Pattern.compile(",");

    private final ResourceAccessor files = Scope.getCurrentScope().getResourceAccessor();
    private final Map<String, VectorizerDefinition> byName = new LinkedHashMap<>();
    private final List<VectorizerDefinition> kept = new ArrayList<>();
    private final Database database;
    private boolean given;

    private DeclaredVectorizers(Database database) {
        this.database = database;
    }

    /**
     * Those of {@link PgaiConfiguration#DEFINITIONS}, and those of the changelog that is configured for all commands.
     *
     * @param database for the parameters of changelogs, which are those of a run on it
     * @throws DatabaseException when a file of the property is missing or not readable
     */
    static DeclaredVectorizers read(Database database) throws DatabaseException {
        DeclaredVectorizers declared = new DeclaredVectorizers(database);
        String files = PgaiConfiguration.DEFINITIONS.getCurrentValue();
        if (files != null && !files.isBlank()) {
            declared.given = true;
            for (String file :
                    COMMA.splitAsStream(files.strip()).map(String::strip).toList()) {
                declared.add(file);
            }
        }
        declared.addConfiguredChangelog();
        return declared;
    }

    /** Those that there are, and those that were, and whose embeddings were kept. */
    Collection<VectorizerDefinition> definitions() {
        return Stream.concat(byName.values().stream(), kept.stream()).toList();
    }

    /** Whether somebody has said which there are. */
    boolean areGiven() {
        return given || !definitions().isEmpty();
    }

    private void add(String path) throws DatabaseException {
        try {
            Resource file = files.getExisting(path);
            String json = file.getPath().endsWith(".json") ? text(file) : null;
            if (json == null || isChangelog(json)) {
                addChangelog(path);
            } else {
                declare(DesiredState.read(json));
            }
        } catch (IOException | LiquibaseException | UnexpectedLiquibaseException | PgaiException e) {
            throw Asked.told(
                    PgaiConfiguration.DEFINITIONS.getKey() + " = " + path + " cannot be read: " + e.getMessage()
                            + " Name files of definitions in JSON, or changelogs.",
                    e);
        }
    }

    /** A diff does not need it: where it cannot be read, what it declares is not left out, and nothing else happens. */
    private void addConfiguredChangelog() {
        String path = configuredChangelog();
        try {
            if (path != null && files.get(path).exists()) {
                addChangelog(path);
            }
        } catch (IOException | LiquibaseException | UnexpectedLiquibaseException | PgaiException e) {
            Told.warning("The vectorizers of " + path + " do not count as declared: " + e.getMessage());
        }
    }

    private static @Nullable String configuredChangelog() {
        return Scope.getCurrentScope()
                .getSingleton(LiquibaseConfiguration.class)
                .getCurrentConfiguredValue(ConfigurationValueConverter.STRING, null, "liquibase.command.changelogFile")
                .getValue();
    }

    private void addChangelog(String path) throws LiquibaseException {
        ChangeLogParameters parameters = new ChangeLogParameters(database);
        parameters.addJavaProperties();
        parameters.addDefaultFileProperties();
        DatabaseChangeLog changelog =
                ChangeLogParserFactory.getInstance().getParser(path, files).parse(path, parameters, files);
        for (ChangeSet changeSet : changelog.getChangeSets()) {
            for (Change change : changeSet.getChanges()) {
                if (change instanceof PgaiChange ours) {
                    declare(ours.change());
                } else if (change instanceof ApplyVectorizersChange ours) {
                    declare(ours.declared());
                }
            }
        }
    }

    private void declare(DesiredState desired) {
        desired.removed().forEach(name -> leave(name, Embeddings.DROP));
        desired.definitions()
                .forEach(definition -> byName.put(CatalogNames.of(definition).vectorizer(), definition));
    }

    private void declare(VectorizerChange change) {
        change.becomes().ifPresent(definition -> byName.put(change.name(), definition));
        if (change instanceof DropVectorizer drop) {
            leave(drop.name(), drop.embeddings());
        } else if (change instanceof DropVectorizerIfExists drop) {
            leave(drop.name(), drop.embeddings());
        } else if (change instanceof ForgetVectorizer) {
            leave(change.name(), Embeddings.KEEP);
        }
    }

    private void leave(String name, Embeddings embeddings) {
        VectorizerDefinition left = byName.remove(name);
        if (left != null && embeddings == Embeddings.KEEP) {
            kept.add(left);
        }
    }

    /** An object with this key. */
    private static boolean isChangelog(String json) {
        return json.contains("\"databaseChangeLog\"");
    }

    private static String text(Resource file) throws IOException {
        try (InputStream stream = file.openInputStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
