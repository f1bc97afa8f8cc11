package dev.pgai.contract.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Java source that was written, compiled by the JDK that runs, with all warnings as errors. */
final class CompiledClass {

    private CompiledClass() {}

    static Class<?> of(String className, String source, Path directory) throws Exception {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK, not a JRE");
        Path out = Files.createTempDirectory(directory, "classes");
        StringWriter said = new StringWriter();

        boolean compiled = compiler.getTask(
                        said,
                        null,
                        null,
                        List.of(
                                "-d",
                                out.toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-proc:none",
                                "-Xlint:all,-classfile,-path",
                                "-Werror",
                                "-encoding",
                                "UTF-8"),
                        null,
                        List.of(new Source(className, source)))
                .call();

        assertThat(compiled).as(said + "\n" + source).isTrue();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {out.toUri().toURL()}, CompiledClass.class.getClassLoader())) {
            return Class.forName(className, true, loader);
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String source;

        Source(String className, String source) {
            super(URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }
}
