package dev.pgai.contract.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.pgai.contract.architecture.House.hold;
import static dev.pgai.contract.architecture.Module.CORE;
import static dev.pgai.contract.architecture.Module.FLYWAY;
import static dev.pgai.contract.architecture.Module.HIBERNATE;
import static dev.pgai.contract.architecture.Module.JDBC;
import static dev.pgai.contract.architecture.Module.LIQUIBASE;
import static dev.pgai.contract.architecture.Module.MYBATIS;
import static dev.pgai.contract.architecture.Module.TESTKIT;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How the house is built, to be read from top to bottom. Each rule comes with classes that break it, so that it is seen
 * to fail. {@link Module} has what each module may know; CONTRIBUTING has the figure of the packages.
 */
class ArchitectureTest {

    private static final String[] JAVA = {
        "",
        "java.io",
        "java.lang..",
        "java.math",
        "java.net",
        "java.nio..",
        "java.security",
        "java.text",
        "java.time..",
        "java.util..",
        "org.jspecify.annotations"
    };

    // Modules.

    @ParameterizedTest
    @EnumSource
    void a_module_knows_what_is_below_it_and_the_libraries_that_it_is_for(Module module) {
        DescribedPredicate<JavaClass> known = resideInAnyPackage(JAVA).or(resideInAnyPackage(module.libraries()));
        DescribedPredicate<JavaClass> ours = describe(
                "of its own and of " + module.below(),
                type -> Module.of(type)
                        .filter(other -> other == module || module.below().contains(other))
                        .isPresent());
        DescribedPredicate<JavaClass> anyOfOurs =
                describe("of ours", type -> Module.of(type).isPresent());
        hold(
                classes()
                        .that(are(module.classes()))
                        .should()
                        .onlyDependOnClassesThat(describe(
                                "it may know",
                                type -> anyOfOurs.test(type.getBaseComponentType())
                                        ? ours.test(type.getBaseComponentType())
                                        : known.test(type.getBaseComponentType()))),
                Planted.in(module, module.root() + ".plan", "javax.naming.Context context;"),
                Planted.in(
                        module,
                        module.root() + ".plan",
                        "Object a = dev.pgai.testkit.TestVector.AUTO;"
                                + " dev.pgai.flyway.CleanGuard b; dev.pgai.hibernate.PgaiServiceContributor c;"));
    }

    @Test
    void the_core_holds_values_and_pure_functions() {
        hold(
                noClasses()
                        .that(are(CORE.classes()))
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage("java.sql..", "javax.sql..", "java.net..", "org.slf4j.."))
                        .because("no connection, no network and no log is needed to know what a vectorizer is"),
                Planted.in(CORE, "dev.pgai.change", "java.sql.Connection connection;"));
    }

    @Test
    void a_library_of_one_package_is_known_to_that_package_alone() {
        onlyIn(CORE, "com.fasterxml.jackson..", "dev.pgai.json", "dev.pgai.managed.exclusion");
        onlyIn(TESTKIT, "org.junit..", "dev.pgai.testkit.junit");
        onlyIn(TESTKIT, "org.assertj..", "dev.pgai.testkit.assertj");
        onlyIn(TESTKIT, "org.testcontainers..", "dev.pgai.testkit.internal.container");
        onlyIn(TESTKIT, "com.github.dockerjava..", "dev.pgai.testkit.internal.container");
        onlyIn(TESTKIT, "org.apache.commons.compress..", "dev.pgai.testkit.internal.embedded");
        onlyIn(TESTKIT, "org.flywaydb..", "dev.pgai.testkit.migration");
        onlyIn(TESTKIT, "liquibase..", "dev.pgai.testkit.migration");
        onlyIn(MYBATIS, "org.mybatis.generator..", "dev.pgai.mybatis.generator");
        onlyIn(MYBATIS, "org.apache.ibatis.migration..", "dev.pgai.mybatis.migrations");
    }

    private static void onlyIn(Module module, String library, String... packages) {
        noClasses()
                .that(are(module.classes()))
                .and(not(resideInAnyPackage(packages)))
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .because("who does not use the library does without it on the class path")
                .check(House.CLASSES);
    }

    @Test
    void no_package_is_in_two_modules() {
        hold(
                classes().that(are(ofOurs())).should(new ArchCondition<>("be in a package of their module alone") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        Module module = Module.of(type).orElseThrow();
                        Module byName = Stream.of(Module.values())
                                .filter(other -> other != CORE)
                                .filter(other -> (type.getPackageName() + ".").startsWith(other.root() + "."))
                                .findFirst()
                                .orElse(CORE);
                        boolean satisfied =
                                byName == module && (type.getPackageName() + ".").startsWith(CORE.root() + ".");
                        events.add(new SimpleConditionEvent(
                                type, satisfied, type.getName() + " is in " + module.folder()));
                    }
                }),
                Planted.in(FLYWAY, "dev.pgai.liquibase", ""),
                Planted.in(FLYWAY, "dev.pgai.change", ""),
                Planted.in(FLYWAY, "db.callback", ""));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TESTKIT")
    void what_runs_in_production_knows_nothing_of_stand_ins(Module module) throws IOException {
        assertThat(House.filesWithStandins(module)).isEmpty();
        assertThat(House.filesWithStandins(TESTKIT)).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_module_has_a_name_on_the_module_path(Module module) throws IOException {
        Path own = House.folder(module).resolve("src/main/java/module-info.java");
        String name = "dev.pgai." + module.name().toLowerCase(Locale.ROOT);
        if (Files.exists(own)) {
            assertThat(Files.readString(own)).contains("module " + name + " {");
        } else {
            assertThat(Files.readString(House.folder(module).resolve("pom.xml")))
                    .contains("<Automatic-Module-Name>" + name + "</Automatic-Module-Name>");
        }
    }

    // Packages.

    @Test
    void packages_form_no_circle() {
        hold(
                slices().assignedFrom(by("package", JavaClass::getPackageName))
                        .should()
                        .beFreeOfCycles(),
                Planted.in(JDBC, "dev.pgai.jdbc.read", "dev.pgai.jdbc.check.Planted other;")
                        .and(JDBC, "dev.pgai.jdbc.check", "dev.pgai.jdbc.read.Planted other;"));
    }

    @Test
    void classes_of_the_module_for_one_database_form_no_circle_but_for_sealed_families() {
        hold(
                slices().assignedFrom(by(
                                "class",
                                type -> Module.of(type).filter(JDBC::equals).isPresent() ? House.family(type) : ""))
                        .should()
                        .beFreeOfCycles(),
                Planted.in(JDBC, "dev.pgai.jdbc.read", "dev.pgai.jdbc.check.Planted other;")
                        .and(JDBC, "dev.pgai.jdbc.check", "dev.pgai.jdbc.read.Planted other;"));
    }

    @Test
    void what_the_facade_uses_does_not_know_the_facade() {
        hold(
                noClasses()
                        .that(resideInAPackage("dev.pgai.jdbc.(*)..").as("are below the facade"))
                        .should()
                        .dependOnClassesThat(resideInAPackage("dev.pgai.jdbc")),
                Planted.in(JDBC, "dev.pgai.jdbc.change", "dev.pgai.jdbc.Pgai pgai;"));
        hold(
                noClasses()
                        .that(resideInAPackage("dev.pgai.testkit.internal.."))
                        .should()
                        .dependOnClassesThat(are(TESTKIT.classes()).and(not(resideInAPackage("..internal..")))),
                Planted.in(TESTKIT, "dev.pgai.testkit.internal.sql", "dev.pgai.testkit.TestDatabase database;"));
    }

    /**
     * What core gives to the modules above it alone: hidden in its documentation, public because Java has no other way.
     */
    private static final Set<String> FOR_OUR_MODULES =
            Set.of("dev.pgai.change.ChangeForm", "dev.pgai.vectorizer.DefinitionForm");

    @Test
    void what_users_see_shows_no_type_that_they_cannot_see() {
        hold(
                classes().that(are(ofOurs())).should(new ArchCondition<>("show only types that are exported") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        if (!isSeen(type) || FOR_OUR_MODULES.contains(type.getName())) {
                            return;
                        }
                        Stream.concat(
                                        Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream()),
                                        type.getMembers().stream()
                                                .filter(ArchitectureTest::isSeen)
                                                .flatMap(ArchitectureTest::shown))
                                .flatMap(shown -> shown.getAllInvolvedRawTypes().stream())
                                .map(JavaClass::getBaseComponentType)
                                .filter(ArchitectureTest::isHidden)
                                .forEach(hidden -> events.add(SimpleConditionEvent.violated(
                                        type, type.getName() + " shows " + hidden.getName())));
                    }
                }),
                Planted.in(JDBC, "dev.pgai.jdbc", "public dev.pgai.jdbc.connection.Session session() { return null; }"),
                Planted.in(CORE, "dev.pgai.change", "public void write(dev.pgai.json.JsonObject json) {}"),
                Planted.in(
                        TESTKIT,
                        "dev.pgai.testkit",
                        "protected java.util.List<dev.pgai.testkit.internal.setting.Settings> all;"));
    }

    @Test
    void what_users_may_implement_or_extend_is_named_in_the_policy() throws IOException {
        String policy = Files.readString(Path.of("../VERSIONING.md"));
        hold(
                classes()
                        .that(are(ofOurs()))
                        .and(describe("can be implemented or extended", ArchitectureTest::isOpen))
                        .and(not(resideInAnyPackage("dev.pgai.database", "dev.pgai.catalog")))
                        .should(new ArchCondition<>("be named in VERSIONING") {
                            @Override
                            public void check(JavaClass type, ConditionEvents events) {
                                events.add(new SimpleConditionEvent(
                                        type, policy.contains("`" + type.getSimpleName() + "`"), type.getName()));
                            }
                        }),
                Planted.in(MYBATIS, "dev.pgai.mybatis.mapper", ""));
    }

    // The database.

    @Test
    void one_package_opens_connections_and_runs_statements() {
        DescribedPredicate<JavaClass> statements =
                describe("statements", type -> type.isAssignableTo(java.sql.Statement.class));
        hold(
                noClasses()
                        .that(are(JDBC.classes()))
                        .and(not(resideInAPackage("dev.pgai.jdbc.connection")))
                        .should()
                        .dependOnClassesThat(statements)
                        .orShould()
                        .callMethodWhere(describe(
                                "a connection or a data source is used",
                                call -> call.getTargetOwner().isAssignableTo(Connection.class)
                                        || call.getTargetOwner().isAssignableTo(DataSource.class)))
                        .because("who owns the transaction, how a statement runs and how its errors are told apart is"
                                + " decided once"),
                Planted.in(JDBC, "dev.pgai.jdbc.read", "java.sql.PreparedStatement statement;"),
                Planted.in(JDBC, "dev.pgai.jdbc", "void end(java.sql.Connection c) throws Exception { c.commit(); }"));
    }

    /**
     * What a tool will do is the tool's own affair, and no business of pgai-jdbc's: these look into the server's
     * catalog for it, and write nothing. All that is said about vectorizers comes from the facade.
     */
    private static final Set<String> LOOKS_OF_ADAPTERS = Set.of(
            // Which schemas a clean is about, and what goes with them.
            "dev.pgai.flyway.CleanedSchemas",
            "dev.pgai.flyway.DependentObject",
            // What a name of the mapping is on the search path.
            "dev.pgai.hibernate.MappedName",
            // What columns there are where an entity is mapped to.
            "dev.pgai.hibernate.VectorizerObjects",
            // What a view reads: Liquibase knows its text alone.
            "dev.pgai.liquibase.DependentViews",
            // Through which views and partitions a column of embeddings is seen.
            "dev.pgai.mybatis.generator.EmbeddingColumns");

    @Test
    void adapters_reach_a_database_through_the_facade() {
        hold(
                noClasses()
                        .that(are(ofAdapters()))
                        .and(describe("have no look of their own", type -> !LOOKS_OF_ADAPTERS.contains(type.getName())))
                        .should()
                        .callMethodWhere(describe(
                                "a statement is made",
                                call -> call.getTargetOwner().isAssignableTo(Connection.class)
                                        && Set.of("createStatement", "prepareStatement", "prepareCall")
                                                .contains(call.getName())))
                        .orShould()
                        .dependOnClassesThat(are(JDBC.classes()).and(not(resideInAPackage("dev.pgai.jdbc")))),
                Planted.in(
                        HIBERNATE,
                        "dev.pgai.hibernate",
                        "Object o(java.sql.Connection c) throws Exception { return c.createStatement(); }"),
                Planted.in(LIQUIBASE, "dev.pgai.liquibase", "dev.pgai.jdbc.connection.Session session;"));
    }

    @Test
    void only_pgai_jdbc_knows_how_a_vectorizer_is_changed() {
        hold(
                noClasses()
                        .that(are(ofAdapters()))
                        .should()
                        .dependOnClassesThat(resideInAnyPackage("dev.pgai.sql..", "dev.pgai.argument.."))
                        .because("an adapter hands on a VectorizerChange, and writes no SQL for it"),
                Planted.in(MYBATIS, "dev.pgai.mybatis.migrations", "dev.pgai.sql.SqlText text;"));
    }

    // Everywhere.

    @Test
    void a_refused_argument_is_one_kind_of_exception() {
        hold(
                noClasses()
                        .that(are(ofOurs()))
                        .should()
                        .callConstructorWhere(describe(
                                "an exception of Java's for arguments is made",
                                call -> call.getTargetOwner().isEquivalentTo(IllegalArgumentException.class)
                                        || call.getTargetOwner().isEquivalentTo(NullPointerException.class)
                                        || call.getTargetOwner().isEquivalentTo(IndexOutOfBoundsException.class)))
                        .because("it is InvalidArgumentException, which says the argument, the value and the hint"),
                Planted.in(TESTKIT, "dev.pgai.testkit", "void a() { throw new IllegalArgumentException(\"a\"); }"));
    }

    @Test
    void letters_are_folded_as_one_language_does_it() {
        hold(
                noClasses()
                        .that(are(ofOurs()))
                        .should()
                        .callMethod(String.class, "toLowerCase")
                        .orShould()
                        .callMethod(String.class, "toUpperCase")
                        .because("on a Turkish machine I becomes a dotless i; say Locale.ROOT"),
                Planted.in(CORE, "dev.pgai.vectorizer", "String a(String b) { return b.toLowerCase(); }"));
    }

    @Test
    void nothing_is_printed() {
        hold(
                noClasses()
                        .that(are(ofOurs()))
                        // At the end of a JVM the log may be closed.
                        .and()
                        .doNotHaveFullyQualifiedName("dev.pgai.testkit.internal.thread.AtExit")
                        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS),
                Planted.in(JDBC, "dev.pgai.jdbc", "void a() { System.out.println(); }"));
        hold(
                GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING,
                Planted.in(
                        JDBC,
                        "dev.pgai.jdbc",
                        "java.util.logging.Logger a = java.util.logging.Logger.getLogger(\"\");"));
    }

    private static DescribedPredicate<JavaClass> ofOurs() {
        return describe("are in a module", type -> Module.of(type).isPresent());
    }

    private static DescribedPredicate<JavaClass> ofAdapters() {
        return describe(
                "are in an adapter",
                type -> Module.of(type).filter(Module::isAdapter).isPresent());
    }

    private static SliceAssignment by(String kind, Function<JavaClass, String> slice) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                String name = Module.of(type).isPresent() ? slice.apply(type) : "";
                return name.isEmpty() ? SliceIdentifier.ignore() : SliceIdentifier.of(name);
            }

            @Override
            public String getDescription() {
                return kind.toLowerCase(Locale.ROOT);
            }
        };
    }

    /** Where nothing says what is exported, a type may inherit from one that users need not name. */
    private static boolean isHidden(JavaClass shown) {
        return Module.of(shown)
                .map(module -> (module == CORE || module == JDBC)
                        ? !isSeen(shown)
                        : !House.exports(module, shown.getPackageName()))
                .orElse(false);
    }

    private static boolean isSeen(JavaClass type) {
        return House.exports(Module.of(type).orElseThrow(), type.getPackageName())
                && Stream.iterate(
                                type,
                                of -> of != null,
                                of -> of.getEnclosingClass().orElse(null))
                        .allMatch(of -> isSeen(of.getModifiers()));
    }

    private static boolean isOpen(JavaClass type) {
        return isSeen(type)
                && !type.getModifiers().contains(JavaModifier.FINAL)
                && !type.isAnnotation()
                && !type.isEnum()
                && !type.isAssignableTo(Throwable.class)
                && !(type.isInterface() && type.reflect().isSealed());
    }

    private static boolean isSeen(JavaMember member) {
        return isSeen(member.getModifiers()) && !member.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static boolean isSeen(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaType> shown(JavaMember member) {
        if (member instanceof JavaCodeUnit unit) {
            return Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream());
        }
        return member instanceof com.tngtech.archunit.core.domain.JavaField field
                ? Stream.of(field.getType())
                : Stream.empty();
    }
}
