package dev.pgai.jdbc;

/**
 * What {@link Pgai#create} gives back.
 *
 * @param id the id in this database; differs between databases
 * @param name the name, which the catalog made of the destination if the definition gave none
 */
public record CreatedVectorizer(int id, String name) {}
