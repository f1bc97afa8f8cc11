package dev.pgai.contract.install;

import dev.pgai.catalog.InstallResult;
import dev.pgai.catalog.InstallResult.Outcome;
import org.jspecify.annotations.Nullable;

/** An {@link InstallResult}, to be compared. */
record Installed(
        Outcome outcome, String version, @Nullable String previousVersion, String vectorSchema, boolean vectorCreated) {

    static Installed of(InstallResult result) {
        return new Installed(
                result.outcome(),
                result.version(),
                result.previousVersion(),
                result.vectorSchema(),
                result.vectorCreated());
    }
}
