package dev.pgai.contract.install;

import dev.pgai.catalog.CatalogScript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A {@link SmallScript} with functions, which are made each time that it runs, as a real one makes them. */
final class FunctionsScript {

    static final List<String> FUNCTIONS =
            List.of("create_vectorizer", "vectorizer_embed", "_vectorizer_create_target_table");

    static final String TEXT = SmallScript.TEXT
            + "create table if not exists ai.vectorizer(id int primary key, name text, trigger_name text);\n"
            + FUNCTIONS.stream()
                    .map(
                            name -> "create or replace function ai." + name + "(if_not_exists bool) returns void"
                                    + " language plpgsql as $f$ begin execute 'create table ai.made (embedding @extschema:vector@.vector(3))'; end $f$;\n")
                    .collect(Collectors.joining())
            + "create or replace function ai.vectorizer_embed(text) returns @extschema:vector@.vector"
            + " language sql as $f$ select null::@extschema:vector@.vector(3) $f$;\n";

    private FunctionsScript() {}

    static CatalogScript of(String version, Path directory) throws IOException {
        return SmallScript.of(version, TEXT, directory);
    }
}
