package dev.pgai.spring.boot;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import dev.pgai.database.Problem;
import dev.pgai.database.RefusedException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why an application does not start for pgai's sake, and what to do, instead of a stack trace. */
final class PgaiFailureAnalyzer extends AbstractFailureAnalyzer<PgaiException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PgaiException cause) {
        if (cause instanceof RefusedException refused && !refused.problems().isEmpty()) {
            return analysis(refused);
        }
        if (cause instanceof InvalidArgumentException invalid) {
            return new FailureAnalysis(invalid.argument() + ": " + invalid.rule() + ".", invalid.hint(), invalid);
        }
        return new FailureAnalysis(cause.getMessage(), null, cause);
    }

    private static FailureAnalysis analysis(RefusedException refused) {
        List<Problem> problems = refused.problems();
        String hints = problems.stream()
                .map(Problem::hint)
                .filter(hint -> !hint.isEmpty())
                .distinct()
                .collect(Collectors.joining(System.lineSeparator()));
        return new FailureAnalysis(
                problems.stream().map(PgaiFailureAnalyzer::line).collect(Collectors.joining(System.lineSeparator())),
                hints.isEmpty() ? null : hints,
                refused);
    }

    private static String line(Problem problem) {
        @Nullable String option = problem.option();
        return problem.code() + ": " + (option == null ? "" : option + ": ") + problem.message();
    }
}
