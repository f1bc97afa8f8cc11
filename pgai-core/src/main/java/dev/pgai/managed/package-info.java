/**
 * Which objects of a database belong to pgai, for tools that compare schemas: {@link dev.pgai.managed.ManagedObjects}
 * answers for one object and lists them all. {@link dev.pgai.managed.ManagedByPgai} says it of an entity's table,
 * before the database can.
 */
@NullMarked
package dev.pgai.managed;

import org.jspecify.annotations.NullMarked;
