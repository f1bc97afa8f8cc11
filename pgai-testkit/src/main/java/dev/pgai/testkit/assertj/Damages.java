package dev.pgai.testkit.assertj;

import dev.pgai.database.Damage;
import dev.pgai.database.Problem.Severity;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Damages that keep a vectorizer from working. */
final class Damages {

    private static final Set<Damage.Code> NOT_QUEUED = EnumSet.of(
            Damage.Code.SOURCE_MISSING,
            Damage.Code.SOURCE_RECREATED,
            Damage.Code.TRIGGER_MISSING,
            Damage.Code.TRIGGER_DISABLED,
            Damage.Code.TRIGGER_CALLS_OTHER);

    private Damages() {}

    static Set<Damage.Code> codes(List<Damage> damages) {
        return errors(damages).stream()
                .map(Damage::code)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Damage.Code.class)));
    }

    /** Those that keep changed rows from coming into the queue. */
    static List<Damage> notQueued(List<Damage> damages) {
        return damages.stream()
                .filter(damage -> NOT_QUEUED.contains(damage.code()))
                .toList();
    }

    /** Each with what it does and what mends it. */
    static String text(List<Damage> damages) {
        List<Damage> errors = errors(damages);
        return errors.isEmpty()
                ? "it is whole"
                : "it is damaged: "
                        + errors.stream().map(Damage::toString).collect(Collectors.joining(System.lineSeparator()));
    }

    private static List<Damage> errors(List<Damage> damages) {
        return damages.stream()
                .filter(damage -> damage.severity() == Severity.ERROR)
                .toList();
    }
}
