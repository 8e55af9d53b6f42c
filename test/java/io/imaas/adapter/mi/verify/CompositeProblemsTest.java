package io.imaas.adapter.mi.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.mi.project.MiProjectDetector;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.MiProject;
import io.imaas.model.source.MiProject.MiArtifact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompositeProblemsTest {
    private static final String NS = MiFiles.NS;

    @TempDir
    private Path workspace;

    @Test
    void modulesBesideACompositeWithoutAParentPomAreRead() {
        module("Flows", "synapse/sequence", "sequences", "Audit", "<sequence");
        composite("App", "com.example.flows:Audit");

        MiProject project = project("App");

        assertThat(project.folder()).isEqualTo(workspace.toString());
        assertThat(project.artifacts())
                .extracting(MiArtifact::file)
                .containsExactly("Flows/src/main/synapse-config/sequences/Audit.xml");
        assertThat(problems("App"))
                .containsExactly("not-well-formed Flows/src/main/synapse-config/sequences/Audit.xml:1:9");
    }

    @Test
    void aModuleFurtherAwayIsFoundUpToTheFolderThatWasNamed() {
        module("team/flows/Flows", "synapse/sequence", "sequences", "Audit", "<sequence name=\"Audit\"" + NS + "/>");
        composite("deploy/App", "com.example.flows:Audit");

        assertThat(project("App").artifacts()).hasSize(1);
        assertThat(problems("App")).isEmpty();
        assertThat(new MiProjectDetector()
                        .inspect(workspace.resolve("deploy"))
                        .get(0)
                        .artifacts())
                .isEmpty();
    }

    @Test
    void theNearerOfTwoModulesOfOneNameIsTaken() {
        module("a/Flows", "synapse/sequence", "sequences", "Audit", "<sequence name=\"Audit\"" + NS + "/>");
        module("b/Flows", "synapse/sequence", "sequences", "Audit", "<sequence name=\"Audit\"" + NS + "/>");
        composite("b/App", "com.example.flows:Audit");

        assertThat(project("App").folder()).isEqualTo(workspace.resolve("b").toString());
    }

    @Test
    void aNameThatNoModuleHasIsTold() {
        module("Flows", "synapse/sequence", "sequences", "Audit", "<sequence name=\"Audit\"" + NS + "/>");
        composite("App", "com.example.flows:Audit", "com.example.flows:Gone");

        assertThat(lint("App")).singleElement().satisfies(problem -> {
            assertThat(problem.rule()).isEqualTo("not-in-modules");
            assertThat(problem.where()).hasToString("App/pom.xml:7:1");
            assertThat(problem.what())
                    .isEqualTo("the composite names com.example.flows:Gone, and no module here has it");
        });
    }

    @Test
    void aListThatCannotBeReadIsToldAndNotPassedOver() {
        module("Flows", "synapse/sequence", "sequences", "Audit", "<sequence name=\"Audit\"" + NS + "/>");
        file("Flows/artifact.xml", "<artifacts><artifact></artifacts>");
        composite("App", "com.example.flows:Audit");

        assertThat(problems("App")).anyMatch(problem -> problem.startsWith("not-well-formed Flows/artifact.xml"));
    }

    @Test
    void aDependencyWithoutTheProperyThatPacksItIsTold() {
        module("Flows", "synapse/sequence", "sequences", "Audit", "<sequence name=\"Audit\"" + NS + "/>");
        composite("App", "com.example.flows:Audit");
        file("App/pom.xml", read("App/pom.xml").replaceAll("<properties>.*</properties>", ""));

        assertThat(project("App").artifacts()).isEmpty();
        assertThat(lint("App"))
                .extracting(p -> p.rule() + " " + p.where())
                .contains("empty-car App/pom.xml", "not-packed App/pom.xml:6:1");
    }

    @Test
    void anotherVersionThanTheModulesIsTold() {
        module("Flows", "synapse/sequence", "sequences", "Audit", "<sequence name=\"Audit\"" + NS + "/>");
        composite("App", "com.example.flows:Audit");
        file(
                "App/pom.xml",
                read("App/pom.xml")
                        .replace("<version>1.0.0</version></dependency>", "<version>1.1.0</version></dependency>"));

        assertThat(lint("App"))
                .extracting(Problem::what)
                .containsExactly(
                        "the composite names version 1.1.0 of com.example.flows:Audit, and the module has 1.0.0");
    }

    @Test
    void aFileInNoListIsNotPackedAndResolvesNothing() {
        module(
                "Flows",
                "synapse/api",
                "api",
                "Shop",
                "<api name=\"Shop\" context=\"/shop\"" + NS
                        + "><resource methods=\"GET\"><inSequence><sequence key=\"Extra\"/></inSequence></resource></api>");
        file("Flows/src/main/synapse-config/sequences/Extra.xml", "<sequence name=\"Extra\"" + NS + "/>");
        file("Flows/src/main/synapse-config/sequences/Draft.xml", "<sequence ");
        composite("App", "com.example.flows:Shop");

        assertThat(lint("App"))
                .extracting(p -> p.severity() + " " + p.rule() + " " + p.what())
                .containsExactly(
                        "ERROR unresolved-reference there is no sequence 'Extra' in the CAR:"
                                + " Flows/src/main/synapse-config/sequences/Extra.xml is not packed",
                        "WARNING not-packed the sequence 'Draft' is in no artifact.xml, so it is not packed",
                        "WARNING not-packed the sequence 'Extra' is in no artifact.xml, so it is not packed");
    }

    @Test
    void noFileOfTheOtherLayoutIsAdvisedForAConfiguration() {
        module(
                "Flows",
                "synapse/sequence",
                "sequences",
                "Audit",
                "<sequence name=\"Audit\"" + NS + "><property name=\"a\" expression=\"${configs.limit}\"/></sequence>");
        composite("App", "com.example.flows:Audit");
        file("Flows/config.properties", "limit:string");

        assertThat(lint("App")).singleElement().satisfies(problem -> {
            assertThat(problem.rule()).isEqualTo("undeclared-config");
            assertThat(problem.fix())
                    .contains("no plugin of Integration Studio packs")
                    .doesNotContain("wso2mi");
        });
    }

    @Test
    void anArtifactThatNoCompositeTakesIsTold() {
        module("Flows", "synapse/sequence", "sequences", "Audit", "<sequence name=\"Audit\"" + NS + "/>");
        module(
                "Ends",
                "synapse/endpoint",
                "endpoints",
                "Stock",
                "<endpoint name=\"Stock\"" + NS + "><default/></endpoint>");
        composite("App", "com.example.flows:Audit");
        file("pom.xml", aggregator("Flows", "Ends", "App"));

        assertThat(lint("App"))
                .extracting(Problem::what)
                .containsExactly("the endpoint 'Stock' is in no composite, so it is not packed");
    }

    @Test
    void whatAnotherCompositePacksComesFromElsewhere() {
        module(
                "Flows",
                "synapse/sequence",
                "sequences",
                "Audit",
                "<sequence name=\"Audit\"" + NS + "><call><endpoint key=\"Stock\"/></call></sequence>");
        module(
                "Ends",
                "synapse/endpoint",
                "endpoints",
                "Stock",
                "<endpoint name=\"Stock\"" + NS + "><default/></endpoint>");
        composite("App", "com.example.flows:Audit");
        composite("Shared", "com.example.ends:Stock");
        file("pom.xml", aggregator("Flows", "Ends", "App", "Shared"));

        assertThat(lint("App"))
                .extracting(p -> p.severity() + " " + p.rule() + " " + p.what())
                .containsExactly("INFO external-reference the endpoint 'Stock' comes from elsewhere:"
                        + " the composite Shared packs it");
        assertThat(lint("Shared")).isEmpty();
    }

    @Test
    void aCompositeWithoutAnyArtifactIsAnError() {
        composite("App");

        assertThat(problems("App")).containsExactly("empty-car pom.xml");
    }

    @Test
    void aListedFileThatIsMissingIsAnError() {
        module("Flows", "synapse/sequence", "sequences", "Audit", "<sequence name=\"Audit\"" + NS + "/>");
        composite("App", "com.example.flows:Audit");
        workspace
                .resolve("Flows/src/main/synapse-config/sequences/Audit.xml")
                .toFile()
                .delete();

        assertThat(problems("App")).containsExactly("missing-file Flows/artifact.xml:2:1");
    }

    @Test
    void twoModulesWithOneNameForTheCarAreTold() {
        module("Flows", "synapse/sequence", "sequences", "Audit", "<sequence name=\"Audit\"" + NS + "/>");
        module(
                "Ends",
                "synapse/endpoint",
                "endpoints",
                "Audit",
                "<endpoint name=\"Audit\"" + NS + "><default/></endpoint>");
        composite("App", "com.example.flows:Audit", "com.example.ends:Audit");

        assertThat(lint("App")).extracting(Problem::rule).containsExactly("duplicate-name");
    }

    private MiProject project(String name) {
        return new MiProjectDetector()
                .inspect(workspace).stream()
                        .filter(p -> p.artifactId().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private List<Problem> lint(String name) {
        return new ProjectVerifier().lint(project(name));
    }

    private List<String> problems(String name) {
        return MiFiles.places(lint(name));
    }

    private void module(String folder, String type, String kind, String name, String content) {
        String module = folder.substring(folder.lastIndexOf('/') + 1);
        String path = "src/main/synapse-config/" + kind + "/" + name + ".xml";
        file(folder + "/" + path, content);
        file(folder + "/pom.xml", pom(module, "pom", ""));
        file(
                folder + "/artifact.xml",
                "<artifacts>\n<artifact name=\"" + name + "\" groupId=\"com.example."
                        + module.toLowerCase(java.util.Locale.ROOT) + "\" version=\"1.0.0\" type=\"" + type
                        + "\"><file>" + path + "</file></artifact>\n</artifacts>");
    }

    private void composite(String folder, String... ids) {
        StringBuilder dependencies = new StringBuilder();
        StringBuilder properties = new StringBuilder();
        for (String id : ids) {
            properties.append("<%1$s>capp/EnterpriseIntegrator</%1$s>".formatted(id.replace(":", "_._")));
            dependencies.append(
                    "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>1.0.0</version></dependency>\n"
                            .formatted((Object[]) id.split(":")));
        }
        file(
                folder + "/pom.xml",
                pom(
                        folder.substring(folder.lastIndexOf('/') + 1),
                        "carbon/application",
                        "<dependencies>\n" + dependencies + "</dependencies><properties>" + properties
                                + "</properties>"));
    }

    private static String aggregator(String... modules) {
        StringBuilder list = new StringBuilder("<modules>");
        for (String module : modules) {
            list.append("<module>").append(module).append("</module>");
        }
        return pom("All", "pom", list + "</modules>");
    }

    private static String pom(String name, String packaging, String more) {
        return """
                <project><modelVersion>4.0.0</modelVersion>
                <groupId>com.example</groupId><artifactId>%s</artifactId>
                <version>1.0.0</version>
                <packaging>%s</packaging>
                %s</project>
                """
                .formatted(name, packaging, more);
    }

    private void file(String path, String content) {
        try {
            Path file = workspace.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String path) {
        try {
            return Files.readString(workspace.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
