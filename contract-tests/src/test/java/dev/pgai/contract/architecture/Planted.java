package dev.pgai.contract.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.springframework.util.FileSystemUtils;

/** Classes that break a rule, compiled as if they were in the folders of modules. Each is called Planted. */
final class Planted {

    static final String NAME = "Planted";

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** One for all: it keeps what it has read of the class path. */
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

    private record Source(Module module, String packageName, String members) {}

    private final List<Source> sources = new ArrayList<>();

    private Planted() {}

    /** One with these members, in a package of a module. */
    static Planted in(Module module, String packageName, String members) {
        return new Planted().and(module, packageName, members);
    }

    /** One more beside it. */
    Planted and(Module module, String packageName, String members) {
        sources.add(new Source(module, packageName, members));
        return this;
    }

    JavaClasses compiled() {
        try {
            Path root = Files.createTempDirectory("planted");
            try {
                compileInto(root);
                return new ClassFileImporter().importPath(root);
            } finally {
                FileSystemUtils.deleteRecursively(root);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compileInto(Path root) throws IOException {
        List<Path> written = new ArrayList<>();
        for (Source source : sources) {
            Path file = root.resolve("src").resolve(source.packageName()).resolve(NAME + ".java");
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file, "package " + source.packageName() + "; public class Planted { " + source.members() + " }");
            written.add(file);
        }
        StringWriter messages = new StringWriter();
        Path classes = Files.createDirectories(root.resolve("classes"));
        boolean done = COMPILER.getTask(
                        messages,
                        FILES,
                        null,
                        List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none"),
                        null,
                        FILES.getJavaFileObjectsFromPaths(written))
                .call();
        if (!done) {
            throw new AssertionError(messages.toString());
        }
        for (Source source : sources) {
            String file = source.packageName().replace('.', '/') + "/" + NAME + ".class";
            Path place = root.resolve(source.module().folder())
                    .resolve("target/classes")
                    .resolve(file);
            Files.createDirectories(place.getParent());
            Files.copy(classes.resolve(file), place);
        }
        FileSystemUtils.deleteRecursively(classes);
    }

    @Override
    public String toString() {
        return sources.toString();
    }
}
