package io.imaas.adapter.mi.verify;

import io.imaas.model.failure.Problem;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.MiProject;
import io.imaas.model.source.MiProject.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A project in a folder that a test may break. */
final class MiFiles {
    static final String NS = " xmlns=\"http://ws.apache.org/ns/synapse\"";
    static final String ARTIFACTS = "src/main/wso2mi/artifacts/";
    static final String RESOURCES = "src/main/wso2mi/resources/";
    static final Path FIXTURES = Path.of("test/fixtures/mi-verify");

    private final Path folder;
    private final List<String> suites = new ArrayList<>();
    private List<String> classMediators = List.of();
    private String runtime = "4.4.0";
    private List<String> dataMappers = List.of();

    MiFiles(Path folder) {
        this.folder = folder;
    }

    /** The project that {@code hello2_1.0.0.car} was made from. */
    static MiFiles hello2(Path folder) throws IOException {
        Path from = FIXTURES.resolve("hello2");
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        return new MiFiles(folder);
    }

    MiFiles with(String file, String content) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    MiFiles without(String file) {
        try {
            Files.delete(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    MiFiles sequence(String name, String body) {
        return with(
                ARTIFACTS + "sequences/" + name + ".xml",
                "<sequence name=\"" + name + "\"" + NS + ">" + body + "</sequence>");
    }

    MiFiles endpoint(String name) {
        return with(
                ARTIFACTS + "endpoints/" + name + ".xml",
                "<endpoint name=\"" + name + "\"" + NS
                        + "><http method=\"get\" uri-template=\"http://localhost\"/></endpoint>");
    }

    MiFiles suite(String name, String content) {
        suites.add("src/test/wso2mi/" + name + ".xml");
        return with("src/test/wso2mi/" + name + ".xml", content);
    }

    MiFiles classMediators(String... names) {
        this.classMediators = List.of(names);
        return this;
    }

    MiFiles dataMappers(String... names) {
        this.dataMappers = List.of(names);
        return this;
    }

    MiFiles runtime(String version) {
        this.runtime = version;
        return this;
    }

    MiProject project() {
        return new MiProject(
                folder.toString(),
                Layout.VS_CODE,
                "com.example",
                "hello2",
                "1.0.0",
                runtime,
                List.of(),
                List.of(),
                classMediators,
                dataMappers,
                suites,
                List.of());
    }

    List<Problem> lint() {
        return new ProjectVerifier().lint(project());
    }

    List<Problem> verify(Path car) {
        return new ProjectVerifier().verify(project(), new CarFile(car.toString(), "hello2", "1.0.0", "", "maven"));
    }

    /** {@code rule file:line:column}, to compare with. */
    static List<String> places(List<Problem> problems) {
        return problems.stream().map(p -> p.rule() + " " + p.where()).toList();
    }

    /** The sample CAR with some entries changed; null removes one. */
    static Path car(Path to, Map<String, String> changes) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(FIXTURES.resolve("hello2_1.0.0.car")))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    entries.put(entry.getName(), zip.readAllBytes());
                }
            }
        }
        changes.forEach((name, content) -> {
            if (content == null) {
                entries.keySet().removeIf(e -> e.startsWith(name));
            } else {
                entries.put(name, content.getBytes(StandardCharsets.UTF_8));
            }
        });
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(to))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return to;
    }
}
