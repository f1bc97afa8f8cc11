package dev.pgai.contract.install;

import dev.pgai.catalog.CatalogScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A script that does to a transaction what a real one does (search path, lock, tables), and is always at hand. */
final class SmallScript {

    static final String TEXT = """
            set local search_path = pg_catalog, pg_temp;
            create schema if not exists ai;
            create table if not exists ai.pgai_lib_migration(name text primary key);
            lock table ai.pgai_lib_migration;
            create table if not exists ai.pgai_lib_version(name text primary key, version text not null);
            do $$ begin if exists (select from ai.pgai_lib_version where name = 'ai' and version = '__version__') then
              raise exception 'installed already'; end if; end $$;
            insert into ai.pgai_lib_version values ('ai', '__version__')
              on conflict (name) do update set version = excluded.version;
            create table if not exists ai.item(id int, "{fn ?}" text default '$pgai0$', embedding @extschema:vector@.vector(3));
            """;

    private SmallScript() {}

    static CatalogScript of(String version, Path directory) throws IOException {
        return of(version, TEXT, directory);
    }

    static CatalogScript of(String version, String text, Path directory) throws IOException {
        return CatalogScript.fromSql(Files.writeString(Files.createTempFile(directory, "ai", ".sql"), text), version);
    }
}
