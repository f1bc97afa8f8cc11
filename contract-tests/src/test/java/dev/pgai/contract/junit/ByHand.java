package dev.pgai.contract.junit;

import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.Tag;

/** A class that a test runs: the build does not, whatever names it is asked for. */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Tag("by-hand")
@interface ByHand {}
