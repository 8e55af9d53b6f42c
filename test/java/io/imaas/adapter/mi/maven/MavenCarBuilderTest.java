package io.imaas.adapter.mi.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaas.adapter.mi.ChosenCarBuilder;
import io.imaas.adapter.mi.Fixtures;
import io.imaas.adapter.mi.MiFolder;
import io.imaas.adapter.mi.build.NativeCarBuilder;
import io.imaas.adapter.mi.project.MiProjectDetector;
import io.imaas.adapter.mi.source.CarZip;
import io.imaas.adapter.process.LocalProcesses;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarBuilder.Choice;
import io.imaas.port.CarBuilder.Options;
import io.imaas.port.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenCarBuilderTest {
    @TempDir
    private Path scratch;

    private final List<String> log = new ArrayList<>();

    /** Maven as it says what it is told to say, and leaves a CAR where the project's pom puts it. */
    private static final class SayingMaven implements Processes {
        private final List<String> lines;
        private final Path car;
        private Command command;
        private boolean wrapperCouldRun;

        SayingMaven(Path car, String... lines) {
            this.car = car;
            this.lines = List.of(lines);
        }

        @Override
        public int run(Command given, Consumer<String> output) {
            command = given;
            wrapperCouldRun = Files.isExecutable(given.directory().resolve("mvnw"));
            lines.forEach(output);
            if (car != null) {
                write(car, CarZip.write(Map.of("b/x", new byte[] {1}, "a/x", new byte[0])));
            }
            return lines.contains("[INFO] BUILD FAILURE") ? 1 : 0;
        }
    }

    @Test
    void theRealPluginsSuccessIsNotBelievedWhenItDroppedSomething() throws Exception {
        Path folder = Fixtures.copy(Fixtures.CORPUS.resolve("hello"), scratch.resolve("hello"));
        write(
                folder.resolve(MiFolder.ARTIFACTS + "sequences/Lost.xml"),
                "<sequence name=>".getBytes(StandardCharsets.UTF_8));
        Files.delete(folder.resolve(MiFolder.RESOURCES + "registry/gov/note.txt"));
        Path wrapper = wrapper(folder, "#!/bin/sh\ntouch ran\n");

        FailureException failure = catchThrowableOfType(FailureException.class, () -> new MavenCarBuilder(
                        new LocalProcesses(), Duration.ofMinutes(30))
                .build(Fixtures.project(folder), Fixtures.options(Choice.MAVEN, scratch.resolve("out")), log::add));

        assertThat(log).anyMatch(line -> line.contains("BUILD SUCCESS"));
        assertThat(failure.failure().kind()).isEqualTo(FailureKind.FAILED);
        assertThat(failure.failure().what())
                .contains("BUILD SUCCESS, but", "Error occurred while processing Lost.xml", "note.txt does not exist");
        assertThat(scratch.resolve("out")).doesNotExist();
        assertThat(folder.resolve("ran")).doesNotExist();
        assertThat(wrapper).isExecutable();
    }

    @Test
    void theCarIsNormalisedAndTold() {
        CarFile car = build(new SayingMaven(target(), "[INFO] BUILD SUCCESS"));

        assertThat(car.builder()).isEqualTo("maven");
        assertThat(Path.of(car.path())).hasFileName("sample_1.0.0.car").hasParent(scratch.resolve("out"));
        assertThat(Path.of(car.path()))
                .hasBinaryContent(CarZip.write(new TreeMap<>(Map.of("b/x", new byte[] {1}, "a/x", new byte[0]))));
        assertThat(log).contains("[INFO] BUILD SUCCESS");
    }

    @Test
    void theTenantsRepositoryHoldsForTheMavenInsideMavenToo() {
        SayingMaven maven = new SayingMaven(target());

        build(maven);

        String repository = "-Dmaven.repo.local=" + scratch.resolve("m2");
        assertThat(maven.command.arguments())
                .startsWith("mvn")
                .contains(repository, "compile")
                .doesNotContain("-o");
        assertThat(maven.command.environment().get("MAVEN_OPTS")).contains(repository, "-Dfile.encoding=UTF-8");
    }

    @Test
    void aPlugInBoundToALaterPhaseIsReachedWithoutItsTests() {
        SayingMaven maven = new SayingMaven(target());
        MiFolder folder = MiFolder.in(scratch.resolve("project"));
        folder.with("pom.xml", MiFolder.pom("", "5.4.12").replace("<phase>compile</phase>", ""));

        new MavenCarBuilder(maven, Duration.ofMinutes(1)).build(folder.inspect(), options(false), log::add);

        assertThat(maven.command.arguments()).contains("package", "-Dmaven.test.skip=true");
    }

    @Test
    void theProjectsWrapperRunsOnlyWhereItIsAllowed() throws Exception {
        Path folder = MiFolder.in(scratch.resolve("project")).root();
        Path wrapper = wrapper(folder, "#!/bin/sh\n");
        SayingMaven maven = new SayingMaven(target());

        new MavenCarBuilder(maven, Duration.ofMinutes(1)).build(Fixtures.project(folder), options(true), log::add);
        assertThat(maven.command.arguments().get(0)).isEqualTo(wrapper.toString());
        assertThat(maven.wrapperCouldRun).isTrue();

        new MavenCarBuilder(maven, Duration.ofMinutes(1)).build(Fixtures.project(folder), options(false), log::add);
        assertThat(maven.command.arguments().get(0)).isEqualTo("mvn");
        assertThat(maven.wrapperCouldRun).isFalse();
        assertThat(wrapper).isExecutable();
    }

    @Test
    void anEarlierCarIsNotTakenForANewOne() {
        write(target(), "old".getBytes(StandardCharsets.UTF_8));

        failed(FailureKind.FAILED, "made no CAR", new SayingMaven(null, "[INFO] BUILD SUCCESS"));
    }

    @Test
    void leftoversThatThePluginWouldPackAreDeleted() {
        Path left = scratch.resolve("project/target/libs/x/old.jar");
        write(left, new byte[0]);

        build(new SayingMaven(target()));

        assertThat(left).doesNotExist();
    }

    @Test
    void aFailedBuildQuotesItsErrors() {
        failed(
                FailureKind.FAILED,
                "Maven ended with exit code 1",
                new SayingMaven(
                        null, "[INFO] BUILD FAILURE", "[ERROR] ", "\u001B[1;31m[ERROR]\u001B[m No plugin found"));
        assertThat(log).contains("[ERROR] No plugin found");
    }

    @Test
    void anUnreachableRepositoryIsWorthAnotherTry() {
        failed(
                FailureKind.EXTERNAL,
                "Could not transfer artifact",
                new SayingMaven(
                        null, "[INFO] BUILD FAILURE", "[ERROR] Could not transfer artifact a:b: Connection refused"));
    }

    @Test
    void aStrayFileThatIsNoArtifactIsNoError() {
        build(new SayingMaven(
                target(),
                "[ERROR] Error occurred while processing .gitkeep",
                "[ERROR] Unexpected EOF in prolog",
                "[INFO] BUILD SUCCESS"));
    }

    @Test
    void anErrorAfterAStrayFileStillCounts() {
        failed(
                FailureKind.FAILED,
                "does not exist",
                new SayingMaven(
                        target(),
                        "[ERROR] Error occurred while processing .gitkeep",
                        "[ERROR] Unexpected EOF in prolog",
                        "[ERROR] Registry resource a/b does not exist"));
    }

    @Test
    void aLocalRepositoryThatCannotBeHandedOnIsRefused() {
        Options options = new Options(Choice.MAVEN, scratch.resolve("with blank"), scratch, false, false);
        MiProject project = MiFolder.in(scratch.resolve("project")).inspect();
        MavenCarBuilder builder = new MavenCarBuilder(new SayingMaven(null), Duration.ofMinutes(1));

        assertThatThrownBy(() -> builder.build(project, options, log::add)).hasMessageContaining("has blanks");
    }

    @Test
    void anExporterOfIntegrationStudioIsInstalledWithItsModules() {
        Path folder = Fixtures.copy(Path.of("test/fixtures/mi/studio"), scratch.resolve("studio"));
        MiProject shop = new MiProjectDetector().inspect(folder).get(1);
        SayingMaven maven = new SayingMaven(
                folder.resolve("ShopCompositeExporter/target/ShopCompositeExporter_1.0.0-SNAPSHOT.car"));

        CarFile car = new MavenCarBuilder(maven, Duration.ofMinutes(1)).build(shop, options(false), log::add);

        assertThat(maven.command.directory()).isEqualTo(folder);
        assertThat(maven.command.arguments()).contains("install", "-Dmaven.test.skip=true");
        assertThat(Path.of(car.path())).hasFileName("ShopCompositeExporter_1.0.0-SNAPSHOT.car");
    }

    @Test
    void autoSaysWhyItTakesMaven() {
        MiProject project = MiFolder.in(scratch.resolve("project"))
                .with("src/main/java/M.java", "")
                .inspect();
        MavenCarBuilder maven = new MavenCarBuilder(new SayingMaven(target()), Duration.ofMinutes(1));
        Options options = new Options(Choice.AUTO, scratch.resolve("m2"), scratch.resolve("out"), false, false);

        CarFile car = new ChosenCarBuilder(new NativeCarBuilder(), maven).build(project, options, log::add);

        assertThat(car.builder()).isEqualTo("maven");
        assertThat(log).contains("built by Maven, because class mediators must be compiled: src/main/java/M.java");
    }

    @Test
    void autoPacksNativelyWhereThatIsSound() {
        MiProject project =
                MiFolder.in(scratch.resolve("project")).sequence("S").inspect();
        SayingMaven maven = new SayingMaven(target());
        Options options = new Options(Choice.AUTO, scratch.resolve("m2"), scratch.resolve("out"), false, false);

        CarFile car = new ChosenCarBuilder(new NativeCarBuilder(), new MavenCarBuilder(maven, Duration.ofMinutes(1)))
                .build(project, options, log::add);

        assertThat(car.builder()).isEqualTo("native");
        assertThat(maven.command).isNull();
    }

    @Test
    void twoCompilationsOfAMediatorGiveTheSameJar() {
        byte[] monday = jar("Built-By: ann\r\nBuild-Jdk: 17.0.1\r\n", "#Mon Nov 02\r\nversion=1\r\n");
        byte[] tuesday = jar("Built-By: bob\r\nBuild-Jdk: 17.0.15\r\n", "#Tue Nov 03\r\nversion=1\r\n");

        assertThat(JarBytes.normalise(monday))
                .isEqualTo(JarBytes.normalise(tuesday))
                .isNotEqualTo(monday);
        assertThat(JarBytes.normalise(JarBytes.normalise(monday))).isEqualTo(JarBytes.normalise(monday));
    }

    private static byte[] jar(String traces, String properties) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("a/M.class", new byte[] {1, 2});
        entries.put(
                "META-INF/MANIFEST.MF",
                ("Manifest-Version: 1.0\r\n" + traces + "X: y\r\n").getBytes(StandardCharsets.UTF_8));
        entries.put("META-INF/maven/g/a/pom.properties", properties.getBytes(StandardCharsets.UTF_8));
        return CarZip.write(entries);
    }

    private CarFile build(SayingMaven maven) {
        return new MavenCarBuilder(maven, Duration.ofMinutes(1))
                .build(MiFolder.in(scratch.resolve("project")).inspect(), options(false), log::add);
    }

    private void failed(FailureKind kind, String what, SayingMaven maven) {
        assertThatThrownBy(() -> build(maven)).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.failure().kind()).isEqualTo(kind);
            assertThat(e.failure().what()).contains(what);
        });
    }

    private Options options(boolean wrapper) {
        return new Options(Choice.MAVEN, scratch.resolve("m2"), scratch.resolve("out"), wrapper, false);
    }

    private Path target() {
        return scratch.resolve("project/target/sample_1.0.0.car");
    }

    private static Path wrapper(Path folder, String script) throws Exception {
        Path wrapper = Files.writeString(folder.resolve("mvnw"), script);
        Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
        return wrapper;
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
