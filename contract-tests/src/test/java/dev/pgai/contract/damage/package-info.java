/** Vectorizers whose objects are not what their rows say: damage seen, mended, or refused with the reason. */
@org.jspecify.annotations.NullMarked
package dev.pgai.contract.damage;
