package dev.pgai.testkit.internal.embedded;

import java.util.List;
import java.util.stream.Stream;

/**
 * The locale of a cluster: C.UTF-8, as near as the version comes to it. Letters of all languages have upper and lower
 * case, and texts are in the order of their code points.
 */
final class ClusterLocale {

    /** PostgreSQL's own C.UTF-8, the same on every machine. */
    private static final List<String> BUILTIN = List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8");

    /** Of ICU's, the one whose order of ASCII is that of the code points. */
    private static final List<String> ICU = List.of("--locale-provider=icu", "--icu-locale=en-US-u-va-posix");

    private static final List<String> LIBC = List.of("--locale-provider=libc");

    /** The operating system's, for what PostgreSQL asks it for whatever the provider: text search up to 17. */
    private static final List<String> CTYPE = List.of("--locale=C", "--lc-ctype=C.UTF-8");

    private static final List<String> NO_CTYPE = List.of("--locale=C");

    private static final int FIRST_WITH_BUILTIN = 17;

    private ClusterLocale() {}

    /**
     * Arguments of {@code initdb}, the best first. A machine need not have the operating system's, nor binaries ICU.
     */
    static List<List<String>> choices(int major) {
        return major >= FIRST_WITH_BUILTIN
                ? List.of(both(BUILTIN, CTYPE), both(BUILTIN, NO_CTYPE))
                : List.of(both(ICU, CTYPE), both(ICU, NO_CTYPE), both(LIBC, CTYPE), both(LIBC, NO_CTYPE));
    }

    private static List<String> both(List<String> provider, List<String> operatingSystem) {
        return Stream.concat(provider.stream(), operatingSystem.stream()).toList();
    }
}
