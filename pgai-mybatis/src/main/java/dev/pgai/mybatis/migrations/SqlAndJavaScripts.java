package dev.pgai.mybatis.migrations;

import java.util.Arrays;
import java.util.List;
import org.apache.ibatis.migration.Environment;
import org.apache.ibatis.migration.FileMigrationLoader;
import org.apache.ibatis.migration.FileMigrationLoaderFactory;
import org.apache.ibatis.migration.JavaMigrationLoader;
import org.apache.ibatis.migration.MigrationException;
import org.apache.ibatis.migration.MigrationLoader;
import org.apache.ibatis.migration.options.SelectedPaths;

/**
 * Lets the command line of MyBatis Migrations run scripts in Java, such as {@link VectorizerScript}s, in one order with
 * the SQL files of the repository. By itself it knows files only, and asks for a loader by {@code META-INF/services},
 * of which there may be one: so that this library registers none, and the jar with the scripts has a file
 * {@code META-INF/services/org.apache.ibatis.migration.FileMigrationLoaderFactory} with this class's name in it.
 *
 * <p>The packages of the scripts are in the environment's file, separated by commas:
 * {@code java_script_packages=com.example.migrations}. A package without a script is refused, as are two scripts of one
 * number. The command {@code migrate} takes the class path from the variable {@code CLASSPATH_PREFIX}; what is in the
 * repository's {@code drivers} it loads for the driver alone.
 */
public final class SqlAndJavaScripts implements FileMigrationLoaderFactory {

    private static final String PACKAGES = "java_script_packages";

    /** Makes a factory; MyBatis Migrations does. */
    public SqlAndJavaScripts() {}

    /**
     * Makes a loader.
     *
     * @param paths where the SQL files are
     * @param environment says in which packages the others are
     * @return the loader
     * @throws MigrationException when there are no packages, or one has no script
     */
    @Override
    public MigrationLoader create(SelectedPaths paths, Environment environment) {
        List<String> packages = packages(environment);
        for (String name : packages) {
            if (new JavaMigrationLoader(name).getMigrations().isEmpty()) {
                throw new MigrationException(PACKAGES + " names the package " + name + ", and no script is there: a"
                        + " class that implements MigrationScript. Correct the name, or put the jar with the scripts"
                        + " on the class path of MyBatis Migrations, by CLASSPATH_PREFIX; the drivers directory is"
                        + " for drivers.");
            }
        }
        return new ScriptLoaders(
                new FileMigrationLoader(
                        paths.getScriptPath(), environment.getScriptCharset(), environment.getVariables()),
                new JavaMigrationLoader(packages.toArray(String[]::new)));
    }

    private static List<String> packages(Environment environment) {
        List<String> packages = Arrays.stream(
                        environment.getVariables().getProperty(PACKAGES, "").split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        if (packages.isEmpty()) {
            throw new MigrationException("There are scripts in Java, and nothing says where: set " + PACKAGES
                    + " in the environment's file to their packages, separated by commas.");
        }
        return packages;
    }
}
