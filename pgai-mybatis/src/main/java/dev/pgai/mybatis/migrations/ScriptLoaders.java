package dev.pgai.mybatis.migrations;

import java.io.Reader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.ibatis.migration.Change;
import org.apache.ibatis.migration.MigrationException;
import org.apache.ibatis.migration.MigrationLoader;
import org.jspecify.annotations.Nullable;

/** Two loaders as one. */
final class ScriptLoaders implements MigrationLoader {

    private final MigrationLoader files;
    private final MigrationLoader classes;

    ScriptLoaders(MigrationLoader files, MigrationLoader classes) {
        this.files = files;
        this.classes = classes;
    }

    /** MyBatis Migrations sorts the list, and knows a change by its number. */
    @Override
    public List<Change> getMigrations() {
        List<Change> all = Stream.of(files, classes)
                .flatMap(loader -> loader.getMigrations().stream())
                .sorted()
                .toList();
        Map<BigDecimal, Change> byId = new HashMap<>();
        for (Change change : all) {
            Change other = byId.put(change.getId().stripTrailingZeros(), change);
            if (other != null) {
                throw new MigrationException("Two scripts have the number " + change.getId() + ": "
                        + other.getFilename() + " and " + change.getFilename() + ". Give one of them another.");
            }
        }
        return new ArrayList<>(all);
    }

    @Override
    public @Nullable Reader getScriptReader(Change change, boolean undo) {
        boolean isClass = classes.getMigrations().stream()
                .anyMatch(known -> known.getFilename().equals(change.getFilename()));
        return (isClass ? classes : files).getScriptReader(change, undo);
    }

    @Override
    public @Nullable Reader getBootstrapReader() {
        Reader file = files.getBootstrapReader();
        return file == null ? classes.getBootstrapReader() : file;
    }

    @Override
    public @Nullable Reader getOnAbortReader() {
        Reader file = files.getOnAbortReader();
        return file == null ? classes.getOnAbortReader() : file;
    }
}
