package io.imaas.adapter.mi;

import io.imaas.adapter.mi.build.NativeCarBuilder;
import io.imaas.adapter.mi.source.CarZip;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarBuilder.Choice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;

/** An MI project in the making, in the VS Code layout. */
public final class MiFolder {
    public static final String ARTIFACTS = "src/main/wso2mi/artifacts/";
    public static final String RESOURCES = "src/main/wso2mi/resources/";

    private final Path root;

    private MiFolder(Path root) {
        this.root = root;
    }

    public static MiFolder in(Path root) {
        return new MiFolder(root).with("pom.xml", pom("", "5.4.12")).with("src/main/wso2mi/.keep", "");
    }

    /** @param inner what stands between the coordinates and the build */
    public static String pom(String inner, String plugin) {
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>com.example</groupId>
                  <artifactId>sample</artifactId>
                  <version>1.0.0</version>
                  <packaging>pom</packaging>
                  %s
                  <build><plugins><plugin>
                    <groupId>org.wso2.maven</groupId>
                    <artifactId>vscode-car-plugin</artifactId>
                    <version>%s</version>
                    <executions><execution>
                      <phase>compile</phase>
                      <goals><goal>car</goal></goals>
                    </execution></executions>
                  </plugin></plugins></build>
                </project>
                """
                .formatted(inner, plugin);
    }

    public MiFolder with(String path, String text) {
        return with(path, text.getBytes(StandardCharsets.UTF_8));
    }

    public MiFolder with(String path, byte[] content) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public MiFolder pomWith(String inner) {
        return with("pom.xml", pom(inner, "5.4.12"));
    }

    public MiFolder sequence(String name) {
        return with(ARTIFACTS + "sequences/" + name + ".xml", "<sequence name=\"" + name + "\"/>");
    }

    public MiFolder registry(String artifacts) {
        return with(RESOURCES + "registry/artifact.xml", "<artifacts>\n" + artifacts + "\n</artifacts>\n");
    }

    public Path root() {
        return root;
    }

    public MiProject inspect() {
        return Fixtures.project(root);
    }

    public CarFile pack(Path output) {
        return new NativeCarBuilder().build(inspect(), Fixtures.options(Choice.NATIVE, output), line -> {});
    }

    public SortedMap<String, byte[]> packed(Path output) {
        return CarZip.read(Path.of(pack(output).path()));
    }
}
