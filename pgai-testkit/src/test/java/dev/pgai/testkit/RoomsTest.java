package dev.pgai.testkit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.pgai.testkit.fixture.Circles;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How this module is divided: each package is a room with one subject, and its {@code package-info} says which. */
class RoomsTest {

    private static final String INSIDE = "dev.pgai.testkit.internal..";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.pgai.testkit");

    @Test
    void packages_form_no_circle() {
        SlicesRuleDefinition.slices()
                .assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return SliceIdentifier.of(type.getPackageName());
                    }

                    @Override
                    public String getDescription() {
                        return "the packages of the testkit";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    /** An annotation names its extension, as JUnit wants it, and the extension reads the annotation. */
    @Test
    void classes_form_no_circle_but_an_annotation_and_its_extension() {
        assertThat(Circles.among(CLASSES)).isEmpty();
    }

    /** Classes of these packages are public for each other, and may change with any release. */
    @Test
    void what_users_call_shows_nothing_of_what_is_inside() {
        List<String> shown = CLASSES.stream()
                .filter(resideOutsideOfPackage(INSIDE))
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .flatMap(type -> Stream.concat(
                        type.getCodeUnits().stream()
                                .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
                                .flatMap(RoomsTest::types),
                        Stream.concat(
                                type.getFields().stream()
                                        .filter(field -> field.getModifiers().contains(JavaModifier.PUBLIC))
                                        .map(field -> field.getRawType()),
                                type.getAllRawSuperclasses().stream())))
                .filter(resideInAPackage(INSIDE))
                .map(JavaClass::getName)
                .toList();
        assertThat(shown).isEmpty();
    }

    private static Stream<JavaClass> types(JavaCodeUnit unit) {
        return Stream.concat(Stream.of(unit.getRawReturnType()), unit.getRawParameterTypes().stream());
    }

    /** Whoever uses another one has no such library on the class path. */
    @Test
    void each_test_library_is_known_in_one_room() {
        noClasses()
                .that(resideOutsideOfPackages("dev.pgai.testkit.junit", "dev.pgai.testkit.spring"))
                .should()
                .dependOnClassesThat(resideInAPackage("org.junit.."))
                .check(CLASSES);
        noClasses()
                .that(resideOutsideOfPackage("dev.pgai.testkit.spring"))
                .should()
                .dependOnClassesThat(resideInAPackage("org.springframework.."))
                .check(CLASSES);
        noClasses()
                .that(resideOutsideOfPackage("dev.pgai.testkit.quarkus"))
                .should()
                .dependOnClassesThat(resideInAPackage("io.quarkus.."))
                .check(CLASSES);
        noClasses()
                .that(resideOutsideOfPackage("dev.pgai.testkit.assertj"))
                .should()
                .dependOnClassesThat(resideInAPackage("org.assertj.."))
                .check(CLASSES);
        noClasses()
                .that(resideOutsideOfPackage("dev.pgai.testkit.internal.container"))
                .should()
                .dependOnClassesThat(resideInAPackage("org.testcontainers.."))
                .orShould()
                .dependOnClassesThat(resideInAPackage("com.github.dockerjava.."))
                .check(CLASSES);
        noClasses()
                .that(resideOutsideOfPackage("dev.pgai.testkit.migration"))
                .should()
                .dependOnClassesThat(resideInAPackage("org.flywaydb.."))
                .orShould()
                .dependOnClassesThat(resideInAPackage("liquibase.."))
                .check(CLASSES);
    }

    @Test
    void the_extension_can_do_no_more_than_other_frameworks_can() {
        for (String room : Set.of("dev.pgai.testkit.junit", "dev.pgai.testkit.assertj")) {
            noClasses()
                    .that(resideInAPackage(room))
                    .should()
                    .dependOnClassesThat(resideInAPackage(INSIDE))
                    .check(CLASSES);
        }
    }
}
