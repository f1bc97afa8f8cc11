package dev.pgai.cli;

import dev.pgai.PgaiException;
import dev.pgai.plan.DesiredState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The argument FILE. */
final class DefinitionsFile {

    private static final String STANDARD_INPUT = "-";

    @Parameters(
            paramLabel = "FILE",
            description = {
                "Definitions as JSON: an array of them, or an object with vectorizers (an array of them) and removed"
                        + " (an array of names). - is standard input."
            })
    String file = "";

    DesiredState read(Surroundings surroundings) {
        String name = file.equals(STANDARD_INPUT) ? "standard input" : file;
        try {
            byte[] bytes =
                    file.equals(STANDARD_INPUT) ? surroundings.in().readAllBytes() : Files.readAllBytes(Path.of(file));
            return DesiredState.read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (PgaiException e) {
            throw new PgaiException(name + ": " + e.getMessage(), e);
        } catch (NoSuchFileException e) {
            throw new PgaiException(name + ": There is no such file.", e);
        } catch (CharacterCodingException e) {
            throw new PgaiException(name + ": It is not UTF-8. Save it in that encoding.", e);
        } catch (IOException | InvalidPathException e) {
            throw new PgaiException(name + ": It cannot be read: " + e.getMessage(), e);
        }
    }
}
