package io.imaas.jenkins;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.verb.POST;

/** The plugin's rooms of docs/architecture.md, held: it translates and keeps, the engine decides. */
@AnalyzeClasses(packages = "io.imaas.jenkins", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String CONFIG = "io.imaas.jenkins.config..";
    private static final String CREDENTIALS = "io.imaas.jenkins.credentials..";
    private static final String JOB = "io.imaas.jenkins.job..";
    private static final String SOURCE = "io.imaas.jenkins.source..";
    private static final String WORLD = "io.imaas.jenkins.world..";
    private static final String AGENT = "io.imaas.jenkins.agent..";
    private static final String PLAN = "io.imaas.jenkins.plan..";
    private static final String RUN = "io.imaas.jenkins.run..";
    private static final String STEP = "io.imaas.jenkins.step..";
    private static final String NOTICE = "io.imaas.jenkins.notice..";
    private static final String LIBRARY = "io.imaas.jenkins.library..";
    private static final String PAGE = "io.imaas.jenkins.page..";
    private static final String ADAPTER = "io.imaas.adapter..";

    private static final int LONGEST = 400;

    @ArchTest
    static final ArchRule theConfigurationSeesNoEngine = noClasses()
            .that()
            .resideInAPackage(CONFIG)
            .should()
            .dependOnClassesThat(resideInAPackage("io.imaas..")
                    .and(resideOutsideOfPackage(CONFIG))
                    .and(resideOutsideOfPackage(CREDENTIALS)))
            .because("a controller must be able to load what it saved before anything of ours works");

    @ArchTest
    static final ArchRule adaptersArePutTogetherInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackages(WORLD, AGENT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ADAPTER)
            .because("whoever makes an adapter decides with whose credentials it speaks");

    @ArchTest
    static final ArchRule whatIsKeptWithABuildNeedsNoWorld = noClasses()
            .that()
            .resideInAPackage(RUN)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(WORLD, AGENT, STEP, PAGE, NOTICE, PLAN, SOURCE, JOB, LIBRARY)
            .because("an old build must be shown when its tenant, its servers and the platform are gone");

    @ArchTest
    static final ArchRule theWorldKnowsNoBuild = noClasses()
            .that()
            .resideInAPackage(WORLD)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SOURCE, PLAN, RUN, STEP, AGENT, PAGE, NOTICE, LIBRARY)
            .because("all builds of a tenant share one engine");

    @ArchTest
    static final ArchRule whoIsToldChangesNoBuild = noClasses()
            .that()
            .resideInAPackage(NOTICE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SOURCE, PLAN, STEP, AGENT, PAGE, LIBRARY)
            .orShould()
            .callMethod(hudson.model.Run.class, "setResult", hudson.model.Result.class)
            .because("the build is over, and stays what it was whether anybody hears of it or not");

    @ArchTest
    static final ArchRule agentsKnowNothingOfTheController = noClasses()
            .that()
            .resideInAPackage(AGENT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CONFIG, JOB, SOURCE, WORLD, PLAN, RUN, STEP, PAGE, LIBRARY, "jenkins.model..")
            .because("on an agent there is no controller to ask, and it is told nothing that it does not need");

    @ArchTest
    static final ArchRule nobodySeesPages = noClasses()
            .that()
            .resideOutsideOfPackage(PAGE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(PAGE)
            .because("what is shown follows from what is, never the other way round");

    @ArchTest
    static final ArchRule pagesDoNothingThemselves = noClasses()
            .that()
            .resideInAPackage(PAGE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(STEP, AGENT, NOTICE, LIBRARY)
            .because("a page reads what steps left, and changes nothing but by a job that people can see")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theLibraryIsACopyOfFiles = noClasses()
            .that()
            .resideInAPackage(LIBRARY)
            .should()
            .dependOnClassesThat(resideInAPackage("io.imaas..").and(resideOutsideOfPackage(LIBRARY)))
            .because("the scripts speak to steps by their names alone, so that a team can pin other ones");

    @ArchTest
    static final ArchRule noCircles = slices().matching("io.imaas.jenkins.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a circle of rooms is one room");

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethodWhere(
                    target(name("sleep")).and(target(owner(simpleName("Thread").or(simpleName("TimeUnit"))))))
            .because("whoever waits holds no thread of the controller: ask for another turn");

    @ArchTest
    static final ArchRule nobodyReadsTheEnvironment = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.imaas.jenkins.world.Committing")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .because("the controller's environment is not a tenant's; a step's own comes with the step. "
                    + "Committing reads from it where the orchestrator's own key is");

    @ArchTest
    static final ArchRule nothingMutableIsStatic = fields().that()
            .areStatic()
            .should()
            .beFinal()
            .andShould()
            .notHaveRawType(describe(
                    "collections that can change",
                    (JavaClass type) -> (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class))
                            && !type.isEquivalentTo(List.class)
                            && !type.isEquivalentTo(Set.class)
                            && !type.isEquivalentTo(Map.class)))
            .because("a controller runs many tenants in one process, and restarts");

    @ArchTest
    static final ArchRule webMethodsNeedPost = methods()
            .that(describe("answer requests of forms", (JavaMethod method) -> method.getName()
                    .matches("do(Test|Fill|Check)[A-Z].*")))
            .should()
            .beAnnotatedWith(POST.class)
            .because("nothing may answer to a link that somebody is lured to");

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

    @Test
    void noFileIsTooLongToBeReadInOneGo() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                assertThat(Files.readAllLines(file))
                        .as(file + ": a class has one idea; past %s lines it has several", LONGEST)
                        .hasSizeLessThanOrEqualTo(LONGEST);
            }
        }
    }
}
