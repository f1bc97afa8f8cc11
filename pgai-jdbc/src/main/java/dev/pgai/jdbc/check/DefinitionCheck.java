package dev.pgai.jdbc.check;

import dev.pgai.database.Problem;
import dev.pgai.database.Problem.Code;
import dev.pgai.database.Problem.Severity;
import dev.pgai.database.RefusedException;
import dev.pgai.database.SourceNotFoundException;
import dev.pgai.database.VectorizerExistsException;
import dev.pgai.jdbc.catalog.CatalogLook;
import dev.pgai.jdbc.catalog.Grants;
import dev.pgai.jdbc.check.DefinitionFacts.SchemaRights;
import dev.pgai.jdbc.check.DefinitionFacts.Source;
import dev.pgai.jdbc.connection.Database;
import dev.pgai.sql.SqlText;
import dev.pgai.vectorizer.CatalogNames;
import dev.pgai.vectorizer.Option;
import dev.pgai.vectorizer.RelationName;
import dev.pgai.vectorizer.UnknownOption;
import dev.pgai.vectorizer.VectorizerDefinition;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything that keeps a definition from working on a database, found with one look at it. */
public final class DefinitionCheck {

    private static final Set<Code> TAKEN = EnumSet.of(Code.VECTORIZER_EXISTS, Code.NAME_TAKEN);

    private final VectorizerDefinition definition;
    private final CatalogNames names;
    private final DefinitionFacts facts;
    private final boolean adopts;
    private final List<Problem> problems = new ArrayList<>();

    private DefinitionCheck(VectorizerDefinition definition, DefinitionFacts facts, boolean adopts) {
        this.adopts = adopts;
        this.definition = definition;
        this.names = CatalogNames.of(definition);
        this.facts = facts;
        checkCatalog();
        checkSource();
        problems.addAll(new DestinationChecks(definition, facts, adopts).problems());
        problems.addAll(new RuntimeChecks(definition, facts).problems());
    }

    /**
     * Checks a definition.
     *
     * @param adopts whether the embeddings are to be there already
     */
    public static DefinitionCheck run(Database database, VectorizerDefinition definition, boolean adopts) {
        return new DefinitionCheck(definition, DefinitionQuery.run(database, definition), adopts);
    }

    public DefinitionFacts facts() {
        return facts;
    }

    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    public List<Problem> warnings() {
        return problems.stream()
                .filter(problem -> problem.severity() == Severity.WARNING)
                .toList();
    }

    /** Without a catalog nothing else matters. Errors of one kind that has an exception of its own get that one. */
    public void requireNoErrors(String operation) {
        facts.catalog().requireCatalog();
        List<Problem> errors = problems.stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
        if (errors.isEmpty()) {
            return;
        }
        Set<Code> codes = errors.stream().map(Problem::code).collect(Collectors.toSet());
        String cannot = "Cannot " + operation;
        if (codes.equals(Set.of(Code.RIGHT_MISSING))) {
            throw facts.catalog()
                    .grants()
                    .exception(
                            operation,
                            errors.stream()
                                    .map(problem -> Objects.requireNonNull(problem.value()))
                                    .toList(),
                            errors);
        }
        String text = cannot + ": "
                + errors.stream()
                        .map(problem -> problem.message() + " " + problem.hint())
                        .collect(Collectors.joining(" "));
        if (codes.equals(Set.of(Code.SOURCE_MISSING))) {
            throw new SourceNotFoundException(definition.source(), text, errors, null, null, null);
        }
        if (TAKEN.containsAll(codes)) {
            throw new VectorizerExistsException(names.vectorizer(), text, errors, null, null, null);
        }
        throw new RefusedException(cannot, errors);
    }

    private void checkCatalog() {
        CatalogLook catalog = facts.catalog();
        problems.addAll(catalog.problems());
        if (problems.isEmpty()) {
            problems.addAll(rights().problems());
            definition.options().forEach(this::checkKnown);
        }
    }

    private Grants rights() {
        CatalogLook.AiRights ai = facts.catalog().ai();
        RelationName table = definition.source();
        RelationName store = names.store();
        Source source = facts.source();
        Grants grants = facts.catalog()
                .grantsToRead()
                .unless(ai.execute(), "grant execute on all functions in schema ai to")
                .unless(ai.insert(), "grant insert on ai.vectorizer to")
                .unless(ai.nextId(), "grant usage on sequence ai.vectorizer_id_seq to");
        if (source != null) {
            grants.unless(source.schema().usage(), Grants.usage(table.schema()), "source")
                    .unless(source.mayActAsOwner(), Grants.owner(SqlText.relation(table)), "source");
            if (store != null) {
                // The view is in the source's schema.
                grants.unless(source.schema().create(), Grants.create(table.schema()), "source");
            }
        }
        if (store != null && adopts && facts.store() != null) {
            grants.unless(
                    facts.store().mayActAsOwner(), Grants.owner(SqlText.relation(store)), "destination.target_table");
        }
        if (store != null) {
            addTo(grants, facts.target(), store.schema(), "destination.target_schema");
        }
        addTo(grants, facts.queue(), names.queue(0).schema(), "queue_schema");
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
            problems.add(Problem.of(
                    Code.OPTION_UNKNOWN,
                    option.configType() + ".implementation",
                    option.implementation(),
                    "The catalog in database \"" + facts.catalog().database() + "\" has no function ai."
                            + option.configType() + "_" + option.implementation() + ".",
                    "Install a newer one, or choose an implementation that it has."));
        }
    }

    private void checkSource() {
        Source source = facts.source();
        if (source == null) {
            problems.add(Problem.of(
                    Code.SOURCE_MISSING,
                    "source",
                    definition.source().toString(),
                    "There is no table " + SqlText.relation(definition.source()) + " in database \""
                            + facts.catalog().database() + "\".",
                    "Create it first, or correct the name: schema and upper case count."));
        } else {
            problems.addAll(SourceChecks.problems(definition, source.kind(), source.columns(), source.key()));
            if (source.rowSecurity() && names.view() != null) {
                problems.add(Problem.of(
                        Code.ROW_SECURITY_BYPASSED,
                        "source",
                        definition.source().toString(),
                        "The source has row-level security, and store and view show all rows to whoever may read them.",
                        "After it is created: alter view " + SqlText.relation(names.view())
                                + " set (security_invoker = true), and give the store " + names.store()
                                + " row-level security and a policy of its own."));
            }
        }
    }
}
