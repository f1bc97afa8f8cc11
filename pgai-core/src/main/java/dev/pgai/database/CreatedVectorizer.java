package dev.pgai.database;

/** What {@code Pgai.create} and {@code Pgai.createIfAbsent} give back. */
public interface CreatedVectorizer {

    /**
     * The id in this database.
     *
     * @return differs between databases
     */
    int id();

    /**
     * The name.
     *
     * @return what the catalog made of the destination if the definition gave none
     */
    String name();

    /**
     * Whether this call created it.
     *
     * @return false when it was there already, with the same definition
     */
    boolean created();
}
