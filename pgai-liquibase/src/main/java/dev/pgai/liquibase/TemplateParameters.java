package dev.pgai.liquibase;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.exception.ChangeLogParseException;
import liquibase.exception.UnknownChangeLogParameterException;
import liquibase.parser.core.ParsedNode;
import liquibase.parser.core.ParsedNodeException;
import liquibase.parser.core.xml.XMLChangeLogSAXParser;
import liquibase.parser.core.yaml.YamlParser;
import liquibase.resource.Resource;
import liquibase.resource.ResourceAccessor;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What Liquibase has put into the templates of a change set. It replaces <code>${name}</code> in all texts of a
 * changelog before any change sees them: by parameters that the user declares, and by environment variables and
 * properties of the JVM, in any case. In a template it is how Python writes a column.
 *
 * <p>So the file is read once more, as it is written.
 */
final class TemplateParameters {

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^{}]*)\\}");

    private static final String TEMPLATE = "template";

    private final ChangeSet changeSet;
    private final ChangeLogParameters parameters;
    private final DatabaseChangeLog changelog;
    private final Set<String> mistakes = new LinkedHashSet<>();

    private TemplateParameters(ChangeSet changeSet) {
        this.changeSet = changeSet;
        this.parameters = changeSet.getChangeLogParameters();
        this.changelog = changeSet.getChangeLog();
    }

    /**
     * Looks for templates that nobody can have meant.
     *
     * @param loaded the templates of the change, as Liquibase has given them to it
     * @return a sentence or more for each parameter that is replaced by something that nobody declared
     */
    static List<String> mistakes(ChangeSet changeSet, ResourceAccessor files, Set<String> loaded) {
        DatabaseChangeLog changelog = changeSet.getChangeLog();
        if (loaded.isEmpty() || changelog == null || changeSet.getChangeLogParameters() == null) {
            return List.of();
        }
        TemplateParameters look = new TemplateParameters(changeSet);
        try {
            for (String template : look.templates(files, changelog.getPhysicalFilePath())) {
                if (loaded.contains(look.replaced(template))) {
                    look.check(template);
                }
            }
        } catch (IOException | ChangeLogParseException | ParsedNodeException | UnknownChangeLogParameterException e) {
            // It was read a moment ago. What is in it now is not what was loaded.
            Told.warning("Whether Liquibase has put something into the templates of change set " + changeSet
                    + " is not known: " + e.getMessage());
        }
        return List.copyOf(look.mistakes);
    }

    private void check(String template) throws UnknownChangeLogParameterException {
        Set<String> names = new TreeSet<>();
        EXPRESSION
                .matcher(template)
                .results()
                .map(match -> match.group(1).strip())
                .filter(name -> !name.isEmpty() && !name.startsWith(":"))
                .forEach(names::add);
        for (String name : names) {
            String expression = "${" + name + "}";
            if (replaced(expression).equals(expression)) {
                continue;
            }
            String by = isAny(System.getenv().keySet(), name)
                    ? "the environment variable " + name.toUpperCase(Locale.ROOT)
                    : isAny(System.getProperties().stringPropertyNames(), name)
                            ? "the property " + name + " of the JVM"
                            : parameters.hasValue(name, changelog) ? "" : "nothing, because there is no such parameter";
            if (!by.isEmpty()) {
                mistakes.add("formatting.template = \"" + template + "\" is refused: Liquibase replaces " + expression
                        + " by " + by + ". Write $" + name + " for the column, or a parameter of your own by another"
                        + " name.");
            }
        }
    }

    private static boolean isAny(Set<String> names, String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }

    private String replaced(String text) throws UnknownChangeLogParameterException {
        return parameters.expandExpressions(text, changelog);
    }

    /** Those of the change set, as they are in the file. */
    private List<String> templates(ResourceAccessor files, String path)
            throws IOException, ChangeLogParseException, ParsedNodeException, UnknownChangeLogParameterException {
        List<String> templates = new ArrayList<>();
        Resource file = files.get(path);
        if (file.exists() && text(file).contains("${")) {
            for (ParsedNode node : changeSets(files, file, path)) {
                if (isOurs(node)) {
                    collect(node, templates);
                }
            }
        }
        return templates;
    }

    private boolean isOurs(ParsedNode node) throws ParsedNodeException, UnknownChangeLogParameterException {
        return node.getName().equals("changeSet")
                && changeSet.getId().equals(replaced(String.valueOf(node.getChildValue(null, "id", Object.class))))
                && changeSet
                        .getAuthor()
                        .equals(replaced(String.valueOf(node.getChildValue(null, "author", Object.class))));
    }

    private static void collect(ParsedNode node, List<String> templates) {
        if (node.getName().equals(TEMPLATE) && node.getValue() instanceof String template) {
            templates.add(template);
        }
        node.getChildren().forEach(child -> collect(child, templates));
    }

    private static List<ParsedNode> changeSets(ResourceAccessor files, Resource file, String path)
            throws IOException, ChangeLogParseException, ParsedNodeException {
        String lowerCase = path.toLowerCase(Locale.ROOT);
        if (lowerCase.endsWith(".xml")) {
            return new Xml().read(path, files).getChildren();
        }
        if (lowerCase.endsWith(".yaml") || lowerCase.endsWith(".yml") || lowerCase.endsWith(".json")) {
            try (InputStream stream = file.openInputStream()) {
                Object root = new Yaml(new SafeConstructor(YamlParser.createLoaderOptions())).load(stream);
                ParsedNode node = new ParsedNode(null, "root");
                node.setValue(root instanceof Map<?, ?> map ? map.get("databaseChangeLog") : null);
                return node.getChildren();
            }
        }
        return List.of();
    }

    private static String text(Resource file) throws IOException {
        try (InputStream stream = file.openInputStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Liquibase's own, before it replaces anything. */
    private static final class Xml extends XMLChangeLogSAXParser {

        ParsedNode read(String path, ResourceAccessor files) throws ChangeLogParseException {
            setShouldWarnOnMismatchedXsdVersion(false);
            return parseToNode(path, new ChangeLogParameters(), files);
        }
    }
}
