package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BuildCommandTest {
    private static final String POM =
            """
            <project><modelVersion>4.0.0</modelVersion><groupId>com.example</groupId><artifactId>%s</artifactId><version>1.0.0</version>
            <packaging>pom</packaging>
            <properties><project.runtime.version>4.4.0</project.runtime.version></properties>
            <build><plugins><plugin><artifactId>vscode-car-plugin</artifactId><version>5.4.12</version></plugin></plugins></build>
            </project>
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aProjectIsPackedBelowItsTargetFolder() throws Exception {
        project("", "flows");

        assertThat(run(new BuildCommand(), folder.toString())).isZero();

        Path built = folder.resolve("target/imaas");
        assertThat(built.resolve("flows_1.0.0.car")).exists();
        assertThat(out.toString()).contains("flows 1.0.0: ", "flows_1.0.0.car  sha256:", "(native)");
        assertThat(built.resolve("build.json")).content().contains("\"builder\" : \"native\"", "\"sha256\"");
    }

    @Test
    void jsonOnStandardOutputIsWhatTheFileSays() throws Exception {
        project("a", "one");
        project("b", "two");

        assertThat(run(new BuildCommand(), folder.toString(), "--format", "json", "--output", folder + "/cars"))
                .isZero();

        assertThat(folder.resolve("cars/one_1.0.0.car")).exists();
        assertThat(folder.resolve("cars/two_1.0.0.car")).exists();
        assertThat(Files.readString(folder.resolve("cars/build.json"))).isEqualTo(out.toString());
        assertThat(err.toString()).contains("packed");
    }

    @Test
    void aDryRunSaysWhatWouldHappenAndWritesNothing() throws Exception {
        project("", "flows");
        Files.createDirectories(folder.resolve("src/main/java"));
        Files.writeString(folder.resolve("src/main/java/M.java"), "");

        assertThat(run(new BuildCommand(), folder.toString(), "--dry-run")).isZero();

        assertThat(out.toString())
                .contains("flows 1.0.0: would be built by the maven builder, because class mediators");
        assertThat(folder.resolve("target")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "'',<sequence>,input: %s:1:,not well-formed",
        "flows/,<sequence>,input: %s:1:,not well-formed",
        "flows/,<sequence name='Main' xmlns='http://ws.apache.org/ns/synapse'><logg/></sequence>,%s:1:,did you mean <log>?"
    })
    void aBrokenArtifactIsTheUsersErrorWithItsPlace(String below, String xml, String place, String words)
            throws Exception {
        project(below, "flows");
        String file = folder + "/" + below + "src/main/wso2mi/artifacts/sequences/Main.xml";
        Files.writeString(Path.of(file), xml.replace('\'', '"'));

        assertThat(run(new BuildCommand(), folder.toString())).isEqualTo(3);

        assertThat(err.toString()).contains(place.formatted(file), words);
        assertThat(folder.resolve("target/imaas/build.json").toFile().exists()).isEqualTo(words.contains("?"));
    }

    @Test
    void aProjectThatCannotBeBuiltKeepsTheOthersFromNothing() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            project(name, name);
        }
        for (String broken : List.of("a", "c")) {
            Files.writeString(
                    folder.resolve(broken + "/src/main/wso2mi/artifacts/sequences/Main.xml"), "<sequence>\n<log>");
        }

        assertThat(run(new BuildCommand(), folder.toString())).isEqualTo(3);

        assertThat(out.toString()).contains("b 1.0.0: ").doesNotContain("a 1.0.0: ");
        assertThat(err.toString())
                .contains("input: " + folder + "/a/src/", "input: " + folder + "/c/src/", "Main.xml:2:1");
        assertThat(folder.resolve("target/imaas/b_1.0.0.car")).exists();
        assertThat(folder.resolve("target/imaas/build.json"))
                .content()
                .containsOnlyOnce("sha256")
                .contains("\"failure\"");
    }

    @Test
    void everyPomThatCannotBeReadIsToldAtOnce() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            project(name, name);
        }
        Files.writeString(folder.resolve("a/pom.xml"), "<project>");
        Files.writeString(folder.resolve("c/pom.xml"), "<project>\n<a></b>");

        assertThat(run(new BuildCommand(), folder.toString())).isEqualTo(3);

        assertThat(err.toString()).contains("2 errors:", "\n  a/pom.xml:1", "\n  c/pom.xml:2");
        assertThat(folder.resolve("target")).doesNotExist();
    }

    @Test
    void anUnresolvedMergeIsToldAsWhatItIs() throws Exception {
        project("", "flows");
        String conflict = "<sequence>\n<<<<<<< HEAD\n=======\n>>>>>>> feature\n</sequence>";
        Files.writeString(folder.resolve("src/main/wso2mi/artifacts/sequences/Main.xml"), conflict);

        assertThat(run(new BuildCommand(), folder.toString())).isEqualTo(3);

        assertThat(err.toString()).contains("Main.xml:2:1:", "the marker of a merge conflict");
    }

    @Test
    void inspectShowsWhatTheFolderHolds() throws Exception {
        project("", "flows");

        assertThat(run(new InspectCommand(), folder.toString())).isZero();

        assertThat(out.toString())
                .contains(
                        "flows 1.0.0  (com.example)",
                        "layout    VS Code",
                        "runtime   Micro Integrator 4.4.0, Java 11-21",
                        "builder   native",
                        "artifacts (1)",
                        "synapse/sequence           Main 1.0.0  src/main/wso2mi/artifacts/sequences/Main.xml");
    }

    @Test
    void inspectAsJsonNamesTheJavaAndTheBuilder() throws Exception {
        project("", "flows");

        assertThat(run(new InspectCommand(), folder.toString(), "--format", "json"))
                .isZero();

        assertThat(out.toString()).contains("\"java\" : \"11-21\"", "\"builder\" : \"native\"", "\"VS_CODE\"");
    }

    @Test
    void aFolderWithoutAProjectIsTheUsersError() {
        assertThat(run(new InspectCommand(), folder.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("no MI project");
    }

    private void project(String below, String artifactId) throws Exception {
        Path root = folder.resolve(below);
        Path sequences = Files.createDirectories(root.resolve("src/main/wso2mi/artifacts/sequences"));
        Files.writeString(root.resolve("pom.xml"), POM.formatted(artifactId));
        Files.writeString(sequences.resolve("Main.xml"), "<sequence name=\"Main\"/>");
    }

    private int run(Callable<Integer> command, String... arguments) {
        return Main.reading(new CommandLine(command))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
