package dev.pgai.jdbc.install;

import dev.pgai.catalog.InstallResult.Outcome;

/**
 * What an installation is going to do.
 *
 * @param outcome what becomes of the catalog
 * @param vectorSchema where the extension {@code vector} is, or will be
 * @param createsVector whether it has to be created
 */
record InstallPlan(Outcome outcome, String vectorSchema, boolean createsVector) {}
