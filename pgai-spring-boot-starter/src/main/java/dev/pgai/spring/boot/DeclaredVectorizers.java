package dev.pgai.spring.boot;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import dev.pgai.change.VectorizerChange;
import dev.pgai.database.Problem;
import dev.pgai.database.Problem.Severity;
import dev.pgai.database.RefusedException;
import dev.pgai.jdbc.Pgai;
import dev.pgai.plan.Consent;
import dev.pgai.plan.DesiredState;
import dev.pgai.plan.VectorizerPlan;
import dev.pgai.spring.boot.PgaiProperties.VectorizersMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.io.ResourceLoader;

/** The vectorizers that an application declares, checked or created when it starts. */
final class DeclaredVectorizers implements InitializingBean {

    static final String LOCATIONS = "pgai.vectorizers";

    private static final String CONSENTS = "pgai.consents";

    private static final int ATTEMPTS = 10;

    private final Pgai pgai;
    private final PgaiProperties properties;
    private final ResourceLoader resources;

    DeclaredVectorizers(Pgai pgai, PgaiProperties properties, ResourceLoader resources) {
        this.pgai = pgai;
        this.properties = properties;
        this.resources = resources;
    }

    @Override
    public void afterPropertiesSet() {
        if (properties.vectorizersMode() == VectorizersMode.NONE) {
            return;
        }
        List<String> locations = properties.vectorizers();
        if (locations.isEmpty()) {
            throw new InvalidArgumentException(
                    LOCATIONS,
                    null,
                    "pgai.vectorizers-mode is "
                            + properties.vectorizersMode().name().toLowerCase(Locale.ROOT)
                            + ", which needs definitions",
                    "Name a resource with definitions, or leave pgai.vectorizers-mode out.");
        }
        DesiredState desired = DesiredState.of(List.of());
        for (int i = 0; i < locations.size(); i++) {
            desired = read(LOCATIONS + "[" + i + "]", locations.get(i), desired);
        }
        switch (properties.vectorizersMode()) {
            case APPLY -> applyPlan(desired);
            case CREATE -> pgai.apply(changes(desired));
            default -> validate(desired);
        }
    }

    private static List<VectorizerChange> changes(DesiredState desired) {
        return desired.definitions().stream()
                .<VectorizerChange>map(VectorizerChange::createIfAbsent)
                .toList();
    }

    private static Consent consent(String text) {
        try {
            return Consent.parse(text);
        } catch (InvalidArgumentException e) {
            throw e.at(CONSENTS);
        }
    }

    /** Of several instances that start at once one is the first, and the others plan again. */
    private void applyPlan(DesiredState desired) {
        List<Consent> consents =
                properties.consents().stream().map(DeclaredVectorizers::consent).toList();
        for (int attempts = 1; ; attempts++) {
            VectorizerPlan plan = pgai.plan(desired);
            try {
                pgai.apply(plan, consents);
                return;
            } catch (RefusedException e) {
                boolean outdated =
                        e.problems().stream().anyMatch(problem -> problem.code() == Problem.Code.PLAN_OUTDATED);
                if (!outdated || attempts == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private DesiredState read(String property, String location, DesiredState before) {
        String json;
        try {
            json = resources.getResource(location).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException | IllegalArgumentException e) {
            // The second is of a location that is none, and may have no message.
            String why = Objects.requireNonNullElse(e.getMessage(), "it is no location");
            throw new PgaiException(property + " = " + location + " cannot be read: " + why, e);
        }
        try {
            return before.union(DesiredState.read(json));
        } catch (InvalidArgumentException e) {
            throw new PgaiException(property + " = " + location + ": " + e.getMessage(), e);
        }
    }

    private void validate(DesiredState desired) {
        List<Problem> problems = new ArrayList<>();
        for (String name : desired.removed()) {
            if (pgai.find(name).isPresent()) {
                problems.add(Problem.of(
                        Problem.Code.VECTORIZER_EXISTS,
                        null,
                        name,
                        "There is a vectorizer \"" + name + "\", which is declared as removed.",
                        "Drop it in a migration, or set pgai.vectorizers-mode to apply."));
            }
        }
        for (VectorizerChange change : changes(desired)) {
            // What is there and is the same has no problem to be created if absent.
            if (pgai.find(change.name()).isEmpty()) {
                problems.add(Problem.of(
                        Problem.Code.VECTORIZER_MISSING,
                        null,
                        change.name(),
                        "There is no vectorizer \"" + change.name() + "\".",
                        "Create it in a migration, or set pgai.vectorizers-mode to create."));
            } else {
                pgai.check(change).stream()
                        .filter(problem -> problem.severity() == Severity.ERROR)
                        .forEach(problems::add);
            }
        }
        if (!problems.isEmpty()) {
            throw new RefusedException("Vectorizers are not as " + LOCATIONS + " declares them", problems);
        }
    }
}
