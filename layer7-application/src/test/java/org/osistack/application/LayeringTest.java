package org.osistack.application;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the module descriptors cannot say about who may know whom. */
class LayeringTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.osistack");

    @ParameterizedTest
    @ValueSource(strings = {"physical", "datalink", "network", "transport", "session", "presentation", "application"})
    void theRulesSeeEveryLayer(String layer) {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName)).contains("org.osistack." + layer);
    }

    @Test
    void theVocabularyKnowsNoLayer() {
        noClasses()
                .that()
                .resideInAPackage("org.osistack.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.osistack.physical..",
                        "org.osistack.datalink..",
                        "org.osistack.network..",
                        "org.osistack.transport..",
                        "org.osistack.session..",
                        "org.osistack.presentation..",
                        "org.osistack.application..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({
        "datalink, physical",
        "network, datalink",
        "transport, network",
        "session, transport",
        "presentation, session",
        "application, presentation"
    })
    void aLayerIsKnownToTheLayerAboveAlone(String above, String layer) {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.osistack." + layer + "..", "org.osistack." + above + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.osistack." + layer + "..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"physical", "datalink", "network", "transport", "session", "presentation"})
    void theProvidersOfALayerDoNotDependOnOneAnotherInCircles(String layer) {
        slices().matching("org.osistack." + layer + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"datalink", "network", "transport", "session", "presentation"})
    void protocolMachinesReadNoClockAndStartNoThreads(String layer) {
        noClasses()
                .that()
                .resideInAPackage("org.osistack." + layer + "..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Math.class, "random")
                .check(CLASSES);
    }
}
