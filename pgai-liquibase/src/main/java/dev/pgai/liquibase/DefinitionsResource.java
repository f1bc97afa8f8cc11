package dev.pgai.liquibase;

import dev.pgai.InvalidArgumentException;
import dev.pgai.PgaiException;
import dev.pgai.plan.DesiredState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import liquibase.changelog.ChangeSet;
import liquibase.resource.Resource;
import liquibase.resource.ResourceAccessor;
import org.jspecify.annotations.Nullable;

/**
 * A file of definitions, where Liquibase finds files.
 *
 * @param file its path
 * @param isRelative whether the path begins where the changelog is
 */
record DefinitionsResource(String file, boolean isRelative) {

    /**
     * Reads it.
     *
     * @throws PgaiException when it is not there, or not of this form
     */
    DesiredState read(ResourceAccessor files, @Nullable ChangeSet changeSet) {
        try {
            return DesiredState.read(text(resource(files, changeSet)));
        } catch (InvalidArgumentException e) {
            throw new PgaiException(this + ": " + e.getMessage(), e);
        }
    }

    private Resource resource(ResourceAccessor files, @Nullable ChangeSet changeSet) {
        try {
            Resource resource = isRelative && changeSet != null && changeSet.getChangeLog() != null
                    ? files.get(changeSet.getChangeLog().getPhysicalFilePath()).resolveSibling(file)
                    : files.get(file);
            if (resource.exists()) {
                return resource;
            }
        } catch (IOException e) {
            throw new PgaiException(
                    "file = \"" + file + "\" is refused: it cannot be read: " + e.getMessage() + ".", e);
        }
        throw new PgaiException("file = \"" + file + "\" is refused: there is no such file "
                + (isRelative
                        ? "beside the changelog. Correct the path."
                        : "where Liquibase looks for files. Correct the path, or set relativeToChangelogFile."));
    }

    private String text(Resource resource) {
        try (InputStream stream = resource.openInputStream()) {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(stream.readAllBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new PgaiException(
                    "file = \"" + file + "\" is refused: it is not UTF-8. Save it in that encoding.", e);
        } catch (IOException e) {
            throw new PgaiException(
                    "file = \"" + file + "\" is refused: it cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /** The options of a changelog. */
    Map<String, Object> toMap(List<String> consents) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("file", file);
        if (isRelative) {
            options.put("relativeToChangelogFile", true);
        }
        if (!consents.isEmpty()) {
            options.put("consents", consents);
        }
        return options;
    }

    @Override
    public String toString() {
        return file;
    }
}
