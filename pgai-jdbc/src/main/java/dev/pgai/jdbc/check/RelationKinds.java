package dev.pgai.jdbc.check;

/** What people call the kinds of objects that have names. */
public final class RelationKinds {

    private RelationKinds() {}

    /** For PostgreSQL's {@code relkind}, with an article. */
    public static String name(char relkind) {
        return switch (relkind) {
            case 'r' -> "a table";
            case 'p' -> "a partitioned table";
            case 'v' -> "a view";
            case 'm' -> "a materialized view";
            case 'f' -> "a foreign table";
            case 'S' -> "a sequence";
            case 'i', 'I' -> "an index";
            case 'c' -> "a composite type";
            default -> "a relation of kind " + relkind;
        };
    }
}
