package io.imaas.adapter.oci;

import io.imaas.model.image.ImageRepository;
import io.imaas.port.ImageBuilder.Recipe;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An MI project with everything that goes into an image. */
public final class MiProjectFolder {
    public static final String HOME = "home/wso2carbon/wso2mi-4.4.0";

    private final Path folder;

    public MiProjectFolder(Path folder) throws IOException {
        this.folder = folder;
        write("deployment/deployment.toml", "[server]\nhostname = \"localhost\"\n");
        write("deployment/libs/driver.jar", "a driver");
        write("deployment/docker/resources/wso2carbon.jks", "a keystore");
        write("deployment/docker/resources/client-truststore.jks", "a trust store");
        write(
                "deployment/docker/Dockerfile",
                """
                ARG BASE_IMAGE
                FROM ${BASE_IMAGE}
                COPY CompositeApps/*.car ${WSO2_SERVER_HOME}/repository/deployment/server/carbonapps/
                COPY resources/wso2carbon.jks ${WSO2_SERVER_HOME}/repository/resources/security/wso2carbon.jks
                COPY resources/client-truststore.jks ${WSO2_SERVER_HOME}/repository/resources/security/client-truststore.jks
                """);
        car(1);
    }

    public Path folder() {
        return folder;
    }

    public Path car() {
        return folder.resolve("target/orders_1.0.0.car");
    }

    /** Another CAR of the same size and with the same times. */
    public MiProjectFolder car(int seed) throws IOException {
        byte[] noise = new byte[300_000];
        new Random(seed).nextBytes(noise);
        Files.createDirectories(car().getParent());
        try (OutputStream out = Files.newOutputStream(car());
                ZipOutputStream zip = new ZipOutputStream(out)) {
            ZipEntry entry = new ZipEntry("artifacts.xml");
            entry.setTime(0);
            zip.putNextEntry(entry);
            zip.write(noise);
        }
        Files.setLastModifiedTime(car(), FileTime.fromMillis(0));
        return this;
    }

    public Recipe recipe(String target, String base, String... tags) {
        return new Recipe(
                ImageRepository.parse(target),
                base,
                folder,
                List.of(car()),
                List.of(),
                "4.4.0",
                Map.of("io.imaas.tenant", "orders", "io.imaas.service", "order-api"),
                Set.of(tags),
                Instant.parse("2026-03-01T10:00:00Z"));
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
