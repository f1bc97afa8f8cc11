package dev.pgai.contract.architecture;

import static java.util.stream.Collectors.joining;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which package of a module knows which. */
final class PackageGraph {

    private final Map<String, Module> modules = new TreeMap<>();
    private final Map<String, Set<String>> known = new TreeMap<>();

    PackageGraph(JavaClasses classes) {
        for (JavaClass type : classes) {
            Module module = Module.of(type).orElseThrow();
            if (!type.getSimpleName().endsWith("-info")) {
                modules.put(type.getPackageName(), module);
                Set<String> of = known.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>());
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (Module.of(target).filter(module::equals).isPresent()) {
                        of.add(target.getPackageName());
                    }
                }
                of.remove(type.getPackageName());
            }
        }
    }

    /**
     * As a figure in Mermaid's language. An arrow is left out where others lead there, and so is a package of which
     * there is no more to say than that the module has it.
     */
    String figure() {
        StringBuilder figure = new StringBuilder("flowchart TB\n");
        for (Module module : Module.values()) {
            figure.append("  subgraph ").append(module.folder()).append('\n');
            Set<String> drawn = new LinkedHashSet<>();
            modules.forEach((name, of) -> {
                Set<String> direct = of == module ? direct(name) : Set.of();
                if (!direct.isEmpty()) {
                    drawn.add(name);
                    drawn.addAll(direct);
                    figure.append("    ")
                            .append(node(name))
                            .append(" --> ")
                            .append(direct.stream().map(PackageGraph::node).collect(joining(" & ")))
                            .append('\n');
                }
            });
            modules.forEach((name, of) -> {
                if (of == module && !drawn.contains(name)) {
                    figure.append("    ").append(node(name)).append('\n');
                }
            });
            figure.append("  end\n");
        }
        for (Module module : Module.values()) {
            module.below().stream()
                    .filter(below -> module.below().stream()
                            .noneMatch(other -> other.below().contains(below)))
                    .forEach(below -> figure.append("  ")
                            .append(module.folder())
                            .append(" --> ")
                            .append(below.folder())
                            .append('\n'));
        }
        return figure.toString();
    }

    private static String node(String name) {
        String root = Module.CORE.root();
        return name.equals(root) ? name : name.substring(root.length() + 1).replace("internal.", "");
    }

    private Set<String> known(String name) {
        return known.getOrDefault(name, Set.of());
    }

    /** Without those that another one leads to. */
    private Set<String> direct(String name) {
        Set<String> direct = new TreeSet<>(known(name));
        known(name).forEach(other -> direct.removeAll(reachable(other)));
        return direct;
    }

    private Set<String> reachable(String name) {
        Set<String> reachable = new TreeSet<>();
        known(name).forEach(other -> {
            if (reachable.add(other)) {
                reachable.addAll(reachable(other));
            }
        });
        return reachable;
    }
}
