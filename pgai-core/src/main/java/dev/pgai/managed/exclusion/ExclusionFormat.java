package dev.pgai.managed.exclusion;

import dev.pgai.managed.ManagedObjects;

/**
 * The format of a list for a tool. Each name is escaped by that tool's own rules, and {@link #note()} says what the
 * format cannot express.
 */
public enum ExclusionFormat {
    /**
     * The value of Liquibase's {@code excludeObjects}: {@code table:blog_embedding_store, view:blog_embedding}. Each
     * entry is a type and a regular expression in ASCII.
     */
    LIQUIBASE(
            "Liquibase matches bare names: an object of the same kind and name in another schema, or a column or index of"
                    + " the same name on another table, is left out, too. Schema ai cannot be said: leave it out of"
                    + " --schemas. In a .properties file each backslash is doubled."),
    /**
     * The attribute {@code exclude} of an {@code env} block in Atlas's {@code atlas.hcl}: globs of schema, object and
     * child.
     */
    ATLAS("The globs start with the schema. When the URL names one schema (search_path=...), Atlas puts it in front by"
            + " itself: drop it from each glob, and the globs of other schemas. A glob says no kind: a function"
            + " and a table of one name go together. Views, functions, sequences and triggers are not read by"
            + " the community edition."),
    /** The file {@code filter.rgf} of Redgate's Flyway, in the version 1.5 of its format. */
    REDGATE("The format knows whole objects by their exact name. Triggers and the embedding column on your own tables"
            + " cannot be said, nor can everything in a schema: a list that was declared without a database"
            + " leaves the objects in schema ai in."),
    /** The text of jOOQ's {@code <excludes>}: one regular expression for qualified names. */
    JOOQ("An embedding column on your own table is left out only with <includeExcludeColumns>true. Indexes on your own"
            + " tables cannot be said, and triggers are not generated. jOOQ joins the parts of a name with dots:"
            + " names with dots inside may match more than one object. Drop the view from the list if you want"
            + " a class for it."),
    /**
     * The text of jOOQ's {@code <excludeSql>}: a query that asks the catalog when jOOQ generates. It is the same for
     * whatever objects are given.
     */
    JOOQ_SQL(
            "The database that jOOQ reads needs pgai 0.10.2 or newer, and the user SELECT on ai.vectorizer. Otherwise the"
                    + " same as for <excludes>."),
    /**
     * Names of schemas, one a line: for pg-schema-diff's {@code --exclude-schema} and migra's {@code --exclude_schema}.
     */
    SCHEMAS("These tools leave out whole schemas only: stores, views, triggers and embedding columns in other schemas"
            + " cannot be said. Put stores and queues into a schema of their own, or read the diff. migra takes one"
            + " schema."),
    /** Qualified names of tables and views as SQL writes them, in quotes, one a line. */
    NAMES("Tables and views only. A list that was declared without a database leaves out those in schema ai."),
    /** All objects as a JSON array, each with kind, schema, table, name, vectorizer and reason. */
    JSON("Everything in a schema of kind \"schema\" is pgai's, listed or not.");

    private final String note;

    ExclusionFormat(String note) {
        this.note = note;
    }

    /**
     * Writes the list.
     *
     * @param objects what to leave out
     * @return the list, with the objects that it could not name
     */
    public ExclusionList write(ManagedObjects objects) {
        return switch (this) {
            case LIQUIBASE -> LiquibaseList.write(objects);
            case ATLAS -> AtlasList.write(objects);
            case REDGATE -> RedgateList.write(objects);
            case JOOQ -> JooqList.write(objects);
            case JOOQ_SQL -> JooqList.query();
            case SCHEMAS -> PlainLists.schemas(objects);
            case NAMES -> PlainLists.names(objects);
            case JSON -> PlainLists.json(objects);
        };
    }

    /**
     * What the format cannot express, and what the tool must be told beside the list.
     *
     * @return one or more sentences
     */
    public String note() {
        return note;
    }
}
