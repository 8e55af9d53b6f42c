package io.imaas.adapter.mi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.imaas.adapter.mi.build.NativeCarBuilder;
import io.imaas.adapter.mi.maven.CarNormaliser;
import io.imaas.adapter.mi.maven.MavenCarBuilder;
import io.imaas.adapter.mi.project.MiProjectDetector;
import io.imaas.adapter.mi.source.CarZip;
import io.imaas.adapter.mi.source.Folders;
import io.imaas.adapter.process.LocalProcesses;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarBuilder.Choice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The native builder's one promise: the same CAR as WSO2's real plugin makes of the same project. */
class NativeAgainstPluginTest {
    /** It makes the plugin's inner Maven work, so it is built as its users build it. */
    private static final Set<String> ALONE = Set.of("connectors");

    private static final Path EXAMPLES = Path.of("examples");

    @TempDir
    private Path scratch;

    @TestFactory
    Stream<DynamicTest> everyProjectOfTheCorpusAndEveryExampleComesOutAsFromThePlugin() {
        List<String> modules = new ArrayList<>();
        List<MiProject> projects = new ArrayList<>();
        for (String name : Fixtures.corpus()) {
            if (!ALONE.contains(name)) {
                Fixtures.copy(Fixtures.CORPUS.resolve(name), scratch.resolve(name));
                modules.add(name);
                projects.addAll(new MiProjectDetector().inspect(scratch.resolve(name)));
            }
        }
        Path root = scratch.toAbsolutePath();
        for (MiProject example : new MiProjectDetector().inspect(Fixtures.copy(EXAMPLES, root.resolve("examples")))) {
            if (example.needsMaven().isEmpty()) {
                modules.add(root.relativize(Path.of(example.folder())).toString());
                projects.add(example);
            }
        }
        assertThat(modules).anyMatch(module -> module.startsWith("examples/"));
        PluginReactor.build(scratch, modules);
        return projects.stream()
                .map(project -> dynamicTest(project.artifactId(), () -> compare(project, pluginsCar(project))));
    }

    @TestFactory
    Stream<DynamicTest> aProjectWithConnectorsComesOutAsFromThePlugin() {
        return ALONE.stream()
                .sorted()
                .map(name -> dynamicTest(name, () -> {
                    MiProject project =
                            Fixtures.project(Fixtures.copy(Fixtures.CORPUS.resolve(name), scratch.resolve(name)));
                    new MavenCarBuilder(new LocalProcesses(), Duration.ofMinutes(30))
                            .build(project, Fixtures.options(Choice.MAVEN, scratch.resolve("maven")), line -> {});
                    compare(project, pluginsCar(project));
                }));
    }

    private static Path pluginsCar(MiProject project) {
        List<Path> cars = Folders.files(Path.of(project.folder(), "target")).stream()
                .filter(f -> f.toString().endsWith(".car"))
                .toList();
        assertThat(cars).hasSize(1);
        return cars.get(0);
    }

    private void compare(MiProject project, Path plugins) {
        assertThat(project.needsMaven()).isEmpty();
        Path output = scratch.resolve("native").resolve(project.artifactId());
        CarFile ours = new NativeCarBuilder().build(project, Fixtures.options(Choice.NATIVE, output), line -> {});

        assertThat(Path.of(ours.path()).getFileName()).isEqualTo(plugins.getFileName());
        SortedMap<String, byte[]> expected = CarZip.read(plugins);
        assertThat(readable(CarZip.read(Path.of(ours.path())))).isEqualTo(readable(expected));
        assertThat(Folders.bytes(Path.of(ours.path())))
                .as("the plugin's CAR, normalised")
                .isEqualTo(CarZip.write(CarNormaliser.normalise(expected, project.layout())));
    }

    /** All contents as text that a person can compare; the lists in the order that the file system gave are sorted. */
    private static Map<String, String> readable(SortedMap<String, byte[]> car) {
        Map<String, String> readable = new TreeMap<>();
        car.forEach((name, content) -> {
            String text = new String(content, StandardCharsets.ISO_8859_1);
            boolean list = name.equals("artifacts.xml") || name.equals("metadata.xml");
            readable.put(name, list ? sortedLines(text) : text);
        });
        return readable;
    }

    private static String sortedLines(String text) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        lines.sort(null);
        return String.join("\n", lines);
    }
}
