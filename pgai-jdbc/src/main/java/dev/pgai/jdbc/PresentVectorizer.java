package dev.pgai.jdbc;

/**
 * What {@link Pgai#createIfAbsent} gives back.
 *
 * @param id the id in this database; differs between databases
 * @param name the name, which the catalog made of the destination if the definition gave none
 * @param created whether this call created it; false when it was there already, with the same definition
 */
public record PresentVectorizer(int id, String name, boolean created) {}
