package dev.pgai.contract.adapter;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The same class path without one jar: what a tool does when the adapter is not there. */
public final class WithoutJar {

    private WithoutJar() {}

    /**
     * Calls a static method of one class that is loaded anew, with everything that it uses.
     *
     * @param ofJar a class of the jar that is left out
     * @param type the class
     * @param method a public static method that takes and returns text
     * @param arguments its arguments
     * @return what it returns
     */
    public static String call(Class<?> ofJar, Class<?> type, String method, String... arguments) throws Exception {
        Path jar = Path.of(
                ofJar.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!Path.of(entry).toAbsolutePath().equals(jar)) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            return (String) loader.loadClass(type.getName())
                    .getMethod(method, String[].class)
                    .invoke(null, (Object) arguments);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
