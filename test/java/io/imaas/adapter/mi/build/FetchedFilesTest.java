package io.imaas.adapter.mi.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.mi.MiFolder;
import io.imaas.adapter.mi.source.CarZip;
import io.imaas.adapter.mi.verify.ProjectVerifier;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarBuilder.Choice;
import io.imaas.port.CarBuilder.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expected names and contents are those of WSO2's plugin 5.4.12 for the same projects. */
class FetchedFilesTest {
    private static final String RUNTIME = "<project.runtime.version>%s</project.runtime.version>";

    @TempDir
    private Path scratch;

    @Test
    void connectorsAndTheirLibrariesComeFromTheLocalRepository() {
        connector("g", "mi-connector-demo", "1.2.0", "demo", library("lib", "1.0", ""), library("ftp", "2.0", "FTP"));
        connector("g", "mi-inbound-demo", "1.0.1", "inbound");
        put("h", "lib", "1.0", "jar", Map.of("a", ""));
        MiFolder folder = project("4.4.0", "", "mi-connector-demo:1.2.0:zip", "mi-inbound-demo:1.0.1:zip");

        assertThat(names(folder))
                .containsExactlyInAnyOrder(
                        "mi-connector-demo_1.2.0/mi-connector-demo-1.2.0.zip",
                        "mi-inbound-demo_1.0.1/mi-inbound-demo-1.0.1.zip",
                        "{org.example}demo_lib-1.0/lib-1.0.jar");
        assertThat(new String(packed(folder).get("{org.example}demo_lib-1.0/artifact.xml"), StandardCharsets.UTF_8))
                .contains("name=\"{org.example}demo_lib-1.0\" version=\"1.0.0\" type=\"lib/connector/dependency\" "
                        + "serverRole=\"EnterpriseIntegrator\" connector=\"{org.example}demo\"");
        assertThat(new ProjectVerifier().verify(folder.inspect(), build(folder)))
                .isEmpty();

        folder.with(
                MiFolder.ARTIFACTS + "local-entries/F.xml",
                "<localEntry xmlns=\"http://ws.apache.org/ns/synapse\" key=\"F\"><demo.init>"
                        + "<connectionType>FTP</connectionType></demo.init></localEntry>");
        refused(folder, "Maven has not fetched a connector's libraries yet: g:mi-connector-demo:1.2.0");
        refusedWith(
                folder, "mvn dependency:get -Dtransitive=false -Dartifact=h:ftp:2.0:jar -Dmaven.repo.local=" + m2());
        put("h", "ftp", "2.0", "jar", Map.of("a", ""));
        assertThat(names(folder)).contains("{org.example}demo_ftp-2.0/ftp-2.0.jar");
    }

    @Test
    void anOldRuntimeGetsNoLibrariesAndNoInboundConnectors() {
        connector("g", "mi-connector-demo", "1.2.0", "demo", library("lib", "1.0", ""));
        MiFolder folder = project("4.3.0", "", "mi-connector-demo:1.2.0:zip", "mi-inbound-demo:1.0.1:zip");
        assertThat(names(folder)).containsExactly("mi-connector-demo_1.2.0/mi-connector-demo-1.2.0.zip");
    }

    @Test
    void whatMavenHasNotFetchedIsToldWithTheCommandThatFetchesIt() {
        MiFolder folder = project("4.4.0", "", "mi-connector-demo:1.2.0:zip", "mi-connector-other:1.0:zip");
        refused(folder, "Maven has not fetched a connector yet: g:mi-connector-demo:1.2.0");
        refusedWith(folder, "in the project's folder: mvn dependency:resolve -Dmaven.repo.local=" + m2());
    }

    @Test
    void aFatCarHoldsTheCarsThatItsOwnNeed() {
        String needs =
                "<project><dependencies><dependency groupId=\"g\" artifactId=\"%s\" version=\"%s\" type=\"car\"/>"
                        + "</dependencies></project>";
        put("g", "mid", "2.0.0", "car", Map.of("descriptor.xml", needs.formatted("leaf", "3.0.0")));
        MiFolder folder = project("4.4.0", "<fat.car.enable>true</fat.car.enable>", "mid:2.0.0:car");
        refused(folder, "another CAR is packed into this one: g:leaf:3.0.0");

        put("g", "leaf", "3.0.0", "car", Map.of("descriptor.xml", needs.formatted("mid", "2.0.0")));
        assertThat(names(folder))
                .containsExactlyInAnyOrder("dependencies/mid-2.0.0.car", "dependencies/leaf-3.0.0.car");
        assertThat(new ProjectVerifier().verify(folder.inspect(), build(folder)))
                .isEmpty();

        put("g", "leaf", "3.0.0", "car", Map.of("descriptor.xml", needs.formatted("mid", "2.1.0")));
        put("g", "mid", "2.1.0", "car", Map.of("a", ""));
        refused(folder, "another CAR is wanted in two versions: g:mid:2.1.0, 2.0.0");
    }

    @Test
    void whatOnlyMavenKnowsIsLeftToIt() throws IOException {
        connector("g", "mi-connector-demo", "1.0-SNAPSHOT", "demo");
        refused(project("4.4.0", "", "mi-connector-demo:1.0-SNAPSHOT:zip"), "only Maven knows what a connector brings");

        connector("g", "mi-connector-deep", "1.0", "demo", "[".repeat(100_000));
        refused(project("4.4.0", "", "mi-connector-deep:1.0:zip"), "the libraries of a connector cannot be read");

        put("g", "common", "1.0.0", "car", Map.of("a", ""));
        MiFolder folder = project("4.4.0", "", "common:1.0.0:car");
        assertThat(names(folder)).isEmpty();
        Files.writeString(
                place("g", "common", "1.0.0", "pom"),
                "<project><dependencies><dependency><groupId>g</groupId><artifactId>c</artifactId><version>1</version>"
                        + "<type>zip</type></dependency></dependencies></project>");
        refused(folder, "another CAR brings connectors from a Maven repository: g:common:1.0.0");
    }

    private static String library(String artifact, String version, String connection) {
        return "  - groupId: h\n    artifactId: " + artifact + "\n    version: \"" + version + "\"\n"
                + (connection.isEmpty() ? "" : "    connectionType: " + connection + "\n");
    }

    private void connector(String group, String artifact, String version, String name, String... libraries) {
        put(
                group,
                artifact,
                version,
                "zip",
                Map.of(
                        "connector.xml",
                        "<connector><component name=\"" + name + "\" package=\"org.example\"/></connector>",
                        "descriptor.yml",
                        libraries.length == 0 ? "id: a\n" : "dependencies:\n" + String.join("", libraries)));
    }

    private void put(String group, String artifact, String version, String type, Map<String, String> entries) {
        try {
            Path file = place(group, artifact, version, type);
            Files.createDirectories(file.getParent());
            Files.write(
                    file,
                    CarZip.write(
                            entries.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue()
                                    .getBytes(StandardCharsets.UTF_8)))));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path place(String group, String artifact, String version, String type) {
        return scratch.resolve(
                "m2/" + group + "/" + artifact + "/" + version + "/" + artifact + "-" + version + "." + type);
    }

    private MiFolder project(String runtime, String properties, String... dependencies) {
        String all = List.of(dependencies).stream()
                .map(one -> one.split(":"))
                .map(one -> "<dependency><groupId>g</groupId><artifactId>" + one[0] + "</artifactId><version>" + one[1]
                        + "</version><type>" + one[2] + "</type></dependency>")
                .collect(Collectors.joining());
        return MiFolder.in(scratch.resolve("project"))
                .pomWith("<properties>" + RUNTIME.formatted(runtime) + properties + "</properties><dependencies>" + all
                        + "</dependencies>");
    }

    private List<String> names(MiFolder folder) {
        return packed(folder).keySet().stream()
                .filter(entry -> entry.matches(".*\\.(zip|jar|car)"))
                .toList();
    }

    private SortedMap<String, byte[]> packed(MiFolder folder) {
        return CarZip.read(Path.of(build(folder).path()));
    }

    private CarFile build(MiFolder folder) {
        MiProject project = folder.inspect();
        assertThat(new NativeCarBuilder().needsMaven(project, options())).isEmpty();
        return new NativeCarBuilder().build(project, options(), line -> {});
    }

    private void refused(MiFolder folder, String why) {
        assertThat(new NativeCarBuilder().needsMaven(folder.inspect(), options()))
                .anyMatch(one -> one.contains(why));
        assertThatThrownBy(() -> new NativeCarBuilder().build(folder.inspect(), options(), line -> {}))
                .hasMessageContaining(why);
    }

    private void refusedWith(MiFolder folder, String command) {
        assertThatThrownBy(() -> new NativeCarBuilder().build(folder.inspect(), options(), line -> {}))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().suggestion()).contains(command));
    }

    private Path m2() {
        return scratch.resolve("m2");
    }

    private Options options() {
        return new Options(Choice.NATIVE, m2(), scratch.resolve("out"), false, true);
    }
}
