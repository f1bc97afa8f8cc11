package dev.pgai.contract.architecture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The modules as they were compiled, and rules that hold for them. */
final class House {

    /** Of folders, because there is no jar when only tests run. */
    static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(Arrays.stream(Module.values()).map(House::compiled).toList());

    /** A word, or one within a name; not as in outstanding. */
    private static final Pattern STANDIN = Pattern.compile("(?:(?<![a-z])s|S)tand-?[Ii]ns?(?![a-z])");

    private House() {}

    static Path folder(Module module) {
        return Path.of("..").resolve(module.folder());
    }

    private static Path compiled(Module module) {
        return folder(module).resolve("target/classes");
    }

    /** Sees that a rule holds, and that it can fail: it does for each of the classes that break it. */
    static void hold(ArchRule rule, Planted... faults) {
        rule.check(CLASSES);
        for (Planted fault : faults) {
            assertThatThrownBy(() -> rule.check(fault.compiled()))
                    .as("the rule with %s", fault)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(Planted.NAME);
        }
    }

    /** Whether users of a module can see a package. A jar that is no module says by a name what it keeps to itself. */
    static boolean exports(Module module, String packageName) {
        if (!Files.exists(compiled(module).resolve("module-info.class"))) {
            return !packageName.contains(".internal");
        }
        try (InputStream in = Files.newInputStream(compiled(module).resolve("module-info.class"))) {
            return ModuleDescriptor.read(in).exports().stream()
                    .filter(exports -> !exports.isQualified())
                    .map(Exports::source)
                    .anyMatch(packageName::equals);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of a module, class files and others, that speak of stand-ins. */
    static List<Path> filesWithStandins(Module module) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(compiled(module))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (STANDIN.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .find()) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    /** The file that a class is in. */
    static JavaClass topLevel(JavaClass type) {
        return type.getEnclosingClass().map(House::topLevel).orElse(type);
    }

    /** A sealed type with all that it permits, or else the class alone. */
    static String family(JavaClass type) {
        JavaClass top = topLevel(type);
        return top.getAllRawInterfaces().stream()
                .filter(above -> Module.of(above).isPresent() && above.reflect().isSealed())
                .map(above -> topLevel(above).getName())
                .findFirst()
                .orElse(top.getName());
    }
}
