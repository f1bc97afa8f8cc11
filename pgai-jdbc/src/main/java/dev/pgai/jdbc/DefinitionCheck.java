package dev.pgai.jdbc;

import dev.pgai.jdbc.DefinitionFacts.SchemaRights;
import dev.pgai.jdbc.DefinitionFacts.Source;
import dev.pgai.jdbc.Problem.Code;
import dev.pgai.jdbc.Problem.Severity;
import dev.pgai.sql.SqlText;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Option;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.UnknownOption;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that keeps a definition from working on a database, found with one look at it. */
final class DefinitionCheck {

    private static final Set<Code> TAKEN = EnumSet.of(Code.VECTORIZER_EXISTS, Code.NAME_TAKEN);

    private final String doing;
    private final VectorizerDefinition definition;
    private final CatalogNames names;
    private final DefinitionFacts facts;

    /** Whether the catalog stops at a vectorizer of the name, and creates nothing. */
    private final boolean createsNothing;

    private final List<Problem> problems = new ArrayList<>();

    private DefinitionCheck(String doing, VectorizerDefinition definition, DefinitionFacts facts) {
        this.doing = doing;
        this.definition = definition;
        this.names = CatalogNames.of(definition);
        this.facts = facts;
        this.createsNothing =
                Boolean.TRUE.equals(definition.ifNotExists()) && facts.present().isPresent();
        checkCatalog();
        checkSource();
        problems.addAll(new DestinationChecks(definition, facts, createsNothing).problems());
        problems.addAll(new RuntimeChecks(definition, facts, createsNothing).problems());
    }

    static DefinitionCheck run(Connection connection, String doing, VectorizerDefinition definition) {
        return new DefinitionCheck(doing, definition, DefinitionQuery.run(connection, doing, definition));
    }

    DefinitionFacts facts() {
        return facts;
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** Without a catalog nothing else matters. Errors of one kind that has an exception of its own get that one. */
    void requireNoErrors() {
        facts.catalog().requireCatalog();
        List<Problem> errors = problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
        if (errors.isEmpty()) {
            return;
        }
        Set<Code> codes = errors.stream().map(Problem::code).collect(Collectors.toSet());
        String text = doing + ": " + errors.stream().map(Problem::message).collect(Collectors.joining(" "));
        if (codes.equals(Set.of(Code.SOURCE_MISSING))) {
            throw new SourceNotFoundException(definition.source(), text, null, null);
        }
        if (codes.equals(Set.of(Code.RIGHT_MISSING))) {
            throw Grants.exception(
                    doing,
                    facts.catalog(),
                    errors.stream()
                            .map(problem -> Objects.requireNonNull(problem.value()))
                            .toList());
        }
        if (TAKEN.containsAll(codes)) {
            throw new VectorizerExistsException(names.vectorizer(), text, null, null);
        }
        throw new DefinitionRefusedException(doing, errors);
    }

    private void checkCatalog() {
        CatalogLook catalog = facts.catalog();
        if (!catalog.installed()) {
            add(
                    Code.PGAI_NOT_INSTALLED,
                    null,
                    catalog.database(),
                    new PgaiNotInstalledException(catalog.database()).getMessage());
        } else if (!catalog.supported()) {
            add(
                    Code.CATALOG_TOO_OLD,
                    null,
                    catalog.version(),
                    new CatalogTooOldException(catalog.database(), catalog.version()).getMessage());
        } else {
            problems.addAll(rights().problems());
            definition.options().forEach(this::checkKnown);
        }
    }

    private Grants rights() {
        CatalogLook.AiRights ai = facts.catalog().ai();
        RelationName table = definition.source();
        RelationName store = names.store();
        Source source = facts.source();
        Grants grants = Grants.toRead(facts.catalog())
                .unless(ai.execute(), "grant execute on all functions in schema ai to")
                .unless(createsNothing || ai.insert(), "grant insert on ai.vectorizer to")
                .unless(ai.nextId(), "grant usage on sequence ai.vectorizer_id_seq to");
        if (source != null) {
            grants.unless(source.schema().usage(), Grants.usage(table.schema()), "source")
                    .unless(source.mayActAsOwner(), "alter table " + SqlText.relation(table) + " owner to", "source");
            if (store != null && !createsNothing) {
                // The view is in the source's schema.
                grants.unless(source.schema().create(), Grants.create(table.schema()), "source");
            }
        }
        if (!createsNothing) {
            if (store != null) {
                addTo(grants, facts.target(), store.schema(), "destination.target_schema");
            }
            addTo(grants, facts.queue(), names.queue(0).schema(), "queue_schema");
        }
        return grants;
    }

    /** For a schema that is missing no grant helps. */
    private static void addTo(Grants grants, @Nullable SchemaRights rights, String schema, String option) {
        if (rights != null) {
            grants.unless(rights.usage(), Grants.usage(schema), option)
                    .unless(rights.create(), Grants.create(schema), option);
        }
    }

    private void checkKnown(Option option) {
        if (option instanceof UnknownOption
                && facts.unknownFunctions().contains(option.configType() + "_" + option.implementation())) {
            add(
                    Code.OPTION_UNKNOWN,
                    option.configType() + ".implementation",
                    option.implementation(),
                    "The catalog in database \"" + facts.catalog().database() + "\" has no function ai."
                            + option.configType() + "_" + option.implementation()
                            + ". Install a newer one, or choose an implementation that it has.");
        }
    }

    private void checkSource() {
        Source source = facts.source();
        if (source == null) {
            add(
                    Code.SOURCE_MISSING,
                    "source",
                    definition.source().toString(),
                    "There is no table " + SqlText.relation(definition.source()) + " in database \""
                            + facts.catalog().database()
                            + "\". Create it first, or correct the name: schema and upper case count.");
        } else {
            problems.addAll(new SourceChecks(definition, source).problems());
        }
    }

    private void add(Code code, @Nullable String option, @Nullable String value, @Nullable String message) {
        problems.add(new Problem(code, option, value, Objects.requireNonNull(message)));
    }
}
