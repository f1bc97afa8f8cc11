package dev.pgai.jdbc.install;

import dev.pgai.catalog.InstallResult.Outcome;
import java.util.List;

/**
 * What an installation is going to do.
 *
 * @param outcome what becomes of the catalog
 * @param vectorSchema where the extension {@code vector} is, or will be
 * @param createsVector whether it has to be created
 * @param lost the functions that the script has to make again
 */
record InstallPlan(Outcome outcome, String vectorSchema, boolean createsVector, List<String> lost) {}
