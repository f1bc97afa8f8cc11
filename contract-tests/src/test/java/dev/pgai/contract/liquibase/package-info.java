/** Liquibase with the adapter on its class path, as its users run it. */
@NullMarked
package dev.pgai.contract.liquibase;

import org.jspecify.annotations.NullMarked;
