package io.imaas;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The packages of docs/architecture.md and what they may import. */
@AnalyzeClasses(packages = "io.imaas", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String MODEL = "io.imaas.model..";
    private static final String PORT = "io.imaas.port..";
    private static final String PLAN = "io.imaas.plan..";
    private static final String RUN = "io.imaas.run..";
    private static final String STEP = "io.imaas.step..";
    private static final String ADAPTER = "io.imaas.adapter..";
    private static final String CATALOG = "io.imaas.catalog..";
    private static final String REPORT = "io.imaas.report..";
    private static final String APP = "io.imaas.app..";
    private static final String DEV = "io.imaas.dev..";
    private static final String ASSEMBLY = "io.imaas.app.assembly..";
    private static final String CLI = "io.imaas.cli..";
    private static final String SERVER = "io.imaas.server..";

    @ArchTest
    static final ArchRule modelImportsOnlyTheJdk = classes()
            .that()
            .resideInAPackage(MODEL)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(MODEL, "java..", "javax.net.ssl..")
            .because("the words of the project lie under everything and must load everywhere");

    @ArchTest
    static final ArchRule portsImportOnlyTheModel = classes()
            .that()
            .resideInAPackage(PORT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(PORT, MODEL, "java..")
            .because("a port that names a technology is not a port");

    @ArchTest
    static final ArchRule portsAreSmall = classes()
            .that()
            .resideInAPackage(PORT)
            .and()
            .areInterfaces()
            .should(haveFewMethodsOfTheirOwn())
            .because("whoever fakes a port should need a minute for it");

    @ArchTest
    static final ArchRule decisionsArePure = classes()
            .that()
            .resideInAPackage(PLAN)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(PLAN, MODEL, "java..")
            .because("a plan can be printed, tested and trusted only if making it touches nothing");

    @ArchTest
    static final ArchRule theRunnerKnowsNoStepAndNoAdapter = noClasses()
            .that()
            .resideInAPackage(RUN)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(STEP, ADAPTER, CATALOG, REPORT, APP, DEV, CLI, SERVER)
            .because("new kinds of steps must not change how plans are run");

    @ArchTest
    static final ArchRule stepsSeeNoAdapter = noClasses()
            .that()
            .resideInAPackage(STEP)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ADAPTER, CATALOG, REPORT, APP, DEV, CLI, SERVER)
            .because("steps speak to ports, so that every one of them runs against a fake");

    @ArchTest
    static final ArchRule adaptersSeeOnlyPortsAndTheModel = noClasses()
            .that()
            .resideInAPackage(ADAPTER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PLAN, RUN, STEP, CATALOG, REPORT, APP, DEV, CLI, SERVER)
            .because("a technology can be replaced only if nothing of ours leans on it");

    @ArchTest
    static final ArchRule adaptersDoNotSeeEachOther = slices().matching("io.imaas.adapter.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    resideInAPackage(ADAPTER), resideInAnyPackage("io.imaas.adapter.web", "io.imaas.adapter.xml"))
            .because("what two adapters share belongs into a port or the model, but for the bounds of HTTP and XML");

    @ArchTest
    static final ArchRule theCatalogReadsTextAlone = noClasses()
            .that()
            .resideInAPackage(CATALOG)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PORT, PLAN, RUN, STEP, ADAPTER, REPORT, APP, DEV, CLI, SERVER)
            .because("the same metadata is read from a folder, a commit and a pull request");

    @ArchTest
    static final ArchRule reportsAreFoldedFromValues = noClasses()
            .that()
            .resideInAPackage(REPORT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PORT, STEP, ADAPTER, CATALOG, APP, DEV, CLI, SERVER)
            .because("a report that looks at the world can disagree with the run it reports");

    @ArchTest
    static final ArchRule theApplicationSeesNoAdapterAndNoDoor = noClasses()
            .that()
            .resideInAPackage(APP)
            .and()
            .resideOutsideOfPackage(ASSEMBLY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ADAPTER, DEV, CLI, SERVER)
            .because("every door shares it; only app.assembly knows which technology serves which port");

    @ArchTest
    static final ArchRule doorsDecideNothing = noClasses()
            .that()
            .resideInAnyPackage("io.imaas.cli", SERVER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PLAN, STEP)
            .because("a decision that a door makes is made differently at the other doors");

    @ArchTest
    static final ArchRule doorsPutNoAdaptersTogether = noClasses()
            .that()
            .resideInAnyPackage("io.imaas.cli", SERVER)
            .should()
            .dependOnClassesThat(resideInAPackage(ADAPTER).and(implementAPort()))
            .because("app.assembly is the one place that does; doors hand it settings");

    @ArchTest
    static final ArchRule doorsAreOutside = noClasses()
            .that()
            .resideOutsideOfPackages(CLI, SERVER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLI, SERVER)
            .because("doors translate in and out; nothing inside knows which door it was");

    @ArchTest
    static final ArchRule theServerIsADoorOfItsOwn = noClasses()
            .that()
            .resideInAPackage(SERVER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLI, ADAPTER, DEV)
            .because("the command line starts it and hands it what it needs");

    @ArchTest
    static final ArchRule noCycles = slices().matching("io.imaas.(*)..")
            .should()
            .beFreeOfCycles()
            .because("packages that need each other are one package");

    @ArchTest
    static final ArchRule noCyclesWithinAPackage = slices().matching("io.imaas.(*).(*)..")
            .should()
            .beFreeOfCycles()
            .because("packages that need each other are one package");

    @ArchTest
    static final ArchRule noJenkinsInTheEngine = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("hudson..", "jenkins..", "groovy..", "org.codehaus.groovy..")
            .because("the engine is the same on a command line; plugin/ is the Jenkins adapter");

    @ArchTest
    static final ArchRule theWorldIsBehindAdaptersAndDoors = noClasses()
            .that()
            .resideOutsideOfPackages(ADAPTER, DEV, CLI, ASSEMBLY)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.nio.file.Files")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http..")
            .orShould()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .because("files, programs, networks, the environment and time are the world");

    @ArchTest
    static final ArchRule nothingMutableIsStatic =
            fields().that().areStatic().should().beFinal().because("a controller runs many tenants in one process");

    @ArchTest
    static final ArchRule whatOthersAnswerIsReadWithinBounds = noClasses()
            .that()
            .resideInAnyPackage(ADAPTER, "io.imaas.cli.doctor..")
            .and()
            .resideOutsideOfPackages("..keyring..", "..sqlite..", "..rabbit..")
            .should()
            .callConstructor(ObjectMapper.class)
            .because("a few bytes of JSON can be a large object: BoundedJson");

    @ArchTest
    static final ArchRule noCatchAllNames = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .because("a name that fits everything collects everything");

    @ArchTest
    static final ArchRule valuesAreFinalAndSerializable = classes()
            .that(resideInAPackage(MODEL).or(resideInAPackage(PLAN).and(recordsAndEnums())))
            .should(beFinalAndSerializableValues())
            .because("they cross Jenkins remoting and controller restarts");

    @ArchTest
    static void noTestHasMoreThanFourHundredLines(JavaClasses classes) throws IOException {
        List<String> tooLong = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("test"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                int lines = Files.readAllLines(file).size();
                if (lines > 400) {
                    tooLong.add(file + " has " + lines);
                }
            }
        }
        assertThat(tooLong)
                .as("one idea each: shared fixtures make tests short")
                .isEmpty();
    }

    private static ArchCondition<JavaClass> haveFewMethodsOfTheirOwn() {
        return new ArchCondition<>("have at most 8 methods of their own") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                long methods = type.getMethods().stream()
                        .filter(method -> method.getModifiers().contains(JavaModifier.ABSTRACT))
                        .count();
                if (methods > 8) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " has " + methods));
                }
            }
        };
    }

    private static DescribedPredicate<JavaClass> implementAPort() {
        return DescribedPredicate.describe("implement a port", type -> type.getAllRawInterfaces().stream()
                .anyMatch(port -> port.getPackageName().equals("io.imaas.port")));
    }

    private static DescribedPredicate<JavaClass> recordsAndEnums() {
        return DescribedPredicate.describe("are records or enums", c -> c.isRecord() || c.isEnum());
    }

    private static ArchCondition<JavaClass> beFinalAndSerializableValues() {
        return new ArchCondition<>("be final and Serializable, unless sealed or never instantiated") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean value = !type.getAllFields().stream()
                        .allMatch(f -> f.getModifiers().contains(JavaModifier.STATIC));
                boolean constants = !value && !type.isRecord() && !type.isEnum() && !type.isInterface();
                boolean isFinal = type.isEnum() || type.getModifiers().contains(JavaModifier.FINAL);
                boolean ok = constants
                        || type.isInterface()
                        || type.getName().endsWith("package-info")
                        || (isFinal && type.isAssignableTo(Serializable.class));
                // An enum constant with a body is a subclass of its enum; the enum itself is checked.
                boolean constantBody =
                        type.getRawSuperclass().map(JavaClass::isEnum).orElse(false);
                if (!ok && !constantBody && !type.isAnonymousClass()) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " is not final and Serializable"));
                }
            }
        };
    }
}
