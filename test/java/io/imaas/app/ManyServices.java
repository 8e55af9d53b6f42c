package io.imaas.app;

import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Releases of a tenant with many services: a long history, written to Git in one go. */
final class ManyServices {
    /** In seconds: a day before the tests' clock. */
    private static final long BEGAN = 1_795_082_400L;

    private static final int MINUTE = 60;
    private static final int OLDER = 10;

    private final int count;
    private final StringBuilder commits = new StringBuilder();
    private int time;

    ManyServices(int count) {
        this.count = count;
    }

    /** Some names are long. */
    static String name(int i) {
        return i % 10 == 3 ? "customer-master-data-synchronisation-" + i : "service-" + i;
    }

    Map<String, String> named(Path folder) {
        Map<String, String> services = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            services.put(name(i), "repository: 'file://" + folder.resolve(name(i) + ".git") + "'");
        }
        return services;
    }

    /** All are in dev, and an older release of most in test and prod; one is degraded, and the next ones are healthy. */
    void releaseIn(World world, Path gitops) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            release("dev", i, 1);
            if (i % 2 == 0) {
                release("test", i, 1);
            }
            if (i % 4 == 0) {
                release("prod", i, 1);
            }
        }
        for (int i = 0; i < count; i += OLDER) {
            release("dev", i, 2);
        }
        Path file = gitops.resolveSibling("import.txt");
        Files.writeString(file, commits);
        Process git = new ProcessBuilder("git", "fast-import", "--quiet")
                .directory(gitops.toFile())
                .redirectInput(file.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (git.waitFor() != 0) {
            throw new IOException(said);
        }
        for (int i = 0; i < OLDER; i++) {
            Release release = new Release(
                    new ServiceName(name(i)),
                    "1.0.0",
                    null,
                    null,
                    new ImageRef(repository(i), new Digest(digest(i, i % OLDER == 0 ? 2 : 1))));
            world.health(
                    "dev",
                    release,
                    world.head(new EnvironmentName("dev")),
                    i == 1 ? HealthRecord.Status.DEGRADED : HealthRecord.Status.HEALTHY);
        }
    }

    private static ImageRepository repository(int service) {
        return new ImageRepository("registry.example", "imaas/orders/" + name(service));
    }

    private static String digest(int service, int version) {
        return "sha256:" + String.format("%064x", service * 100L + version);
    }

    private void release(String environment, int service, int version) {
        String name = name(service);
        String number = version + ".0.0" + (service % 10 == 3 ? "-rc.20261120.build.4711" : "");
        commits.append("commit refs/heads/" + environment + "\ncommitter @ann <imaas@localhost> "
                + (BEGAN + (long) MINUTE * time++) + " +0000\n");
        data("Release " + name + " " + number + " to " + environment + "\n\nImaas-Tenant: orders\nImaas-Service: "
                + name
                + "\nImaas-Environment: " + environment + "\nImaas-Image: " + repository(service) + "@"
                + digest(service, version) + "\nImaas-Actor: @ann\n");
        commits.append("M 100644 inline services/" + name + "/release.yaml\n");
        data("image:\n  repository: " + repository(service) + "\n  digest: " + digest(service, version) + "\n  tag: "
                + number + "\nversion: " + number + "\n");
    }

    private void data(String body) {
        commits.append("data ").append(body.length()).append('\n').append(body).append('\n');
    }
}
