package io.imaas.cli;

import static io.imaas.testing.Texts.write;

import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.testing.Git;
import io.imaas.testing.RealServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.util.FileUtils;

/** A tenant with one service whose sources are built, on the real servers: what begins with a push. */
final class RealSources implements AutoCloseable {
    private static final Path EXAMPLE = Path.of("examples/services/order-report");

    final String tenant;
    final LoopbackRegistry registry;
    final RealCommand imaas;
    private final Path folder;
    private final Path gitops;
    private final Path bare;
    private final String repository;
    private final String sources;
    private final Git work;

    /** @param accounts variables that name the accounts */
    RealSources(Path folder, String tenant, Map<String, String> accounts) {
        this(
                folder,
                tenant,
                accounts,
                Path.of(RealServer.variable("IMAAS_REAL_GIT_ROOT"), tenant + "-sources.git"),
                RealServer.variable("IMAAS_REAL_GIT") + "/" + tenant + "-sources.git");
    }

    /**
     * @param bare where the sources are made; null where they are there already
     * @param sources their URL
     */
    RealSources(Path folder, String tenant, Map<String, String> accounts, Path bare, String sources) {
        this.folder = folder;
        this.tenant = tenant;
        this.bare = bare;
        this.sources = sources;
        gitops = Path.of(RealServer.variable("IMAAS_REAL_GIT_ROOT"), tenant + ".git");
        repository = RealServer.variable("IMAAS_REAL_GIT") + "/" + tenant + ".git";
        registry = LoopbackRegistry.start(folder.resolve("registry"), 0);
        imaas = new RealCommand(folder, tenant, repository, accounts);
        Stream.of(gitops, bare).filter(made -> made != null).forEach(made -> Git.in(folder)
                .run("init", "-q", "--bare", "-b", "dev", made.toString()));
        Git.in(folder).run("clone", "-q", sources, "work");
        work = Git.in(folder.resolve("work"));
        work.run("config", "user.name", "ann");
        work.run("config", "user.email", "ann@example.org");
        work.run("symbolic-ref", "HEAD", "refs/heads/dev");
    }

    /** @param policy further lines of the platform's policy */
    void platform(String policy) throws IOException {
        write(
                folder,
                "platform/platform.yaml",
                "platform: " + tenant + "\nregistries: [\"" + registry.address() + "/life\"]\n"
                        + "policy:\n  images: {check: optional}\n  noTests: ignore\n" + policy);
    }

    /** @param lines further ones of the tenant */
    void tenant(String lines) throws IOException {
        write(
                folder,
                "platform/tenants/" + tenant + ".yaml",
                file(tenant, repository, lines, "order-report", sources, ""));
    }

    /** A tenant's file with one service, and further lines of both. */
    static String file(
            String tenant, String gitops, String ofTenant, String service, String sources, String ofService) {
        return """
                tenant: %1$s
                displayName: Order management
                owners: ["@ann"]
                contact: orders@acme.example
                gitops: %2$s
                %3$s
                environments:
                  - name: dev
                  - name: test
                  - name: prod
                    replicas: 3
                quota: {cpu: 8, memory: 16Gi, pods: 40}
                services:
                  - name: %4$s
                    repository: %5$s
                    type: gateway
                    %6$s
                """
                .formatted(tenant, gitops, ofTenant, service, sources, ofService);
    }

    /** Commits the example with these files over it to a branch, and pushes it. */
    void push(String branch, Map<String, String> files) throws IOException {
        work.run("checkout", "-q", "-B", branch);
        if (!Files.exists(folder.resolve("work/pom.xml"))) {
            copyExample();
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            write(folder, "work/" + file.getKey(), file.getValue());
        }
        work.run("add", "-A");
        work.run("commit", "-q", "-m", "Change " + files.keySet());
        work.run("push", "-q", "origin", branch);
    }

    /** To a server that asks who it is. */
    void login(String token) {
        work.run("config", "http.extraHeader", "Authorization: token " + token);
    }

    /** A second checkout of the branch that is checked out now. */
    void copyTo(String name) {
        Git.in(folder).run("clone", "-q", "-b", branch(), sources, name);
    }

    void checkout(String branch) {
        work.run("checkout", "-q", branch);
    }

    /** The same to a branch of another repository. */
    void pushTo(String repository, String branch, Map<String, String> files) throws IOException {
        work.run("remote", "set-url", "--push", "origin", repository);
        push(branch, files);
        work.run("remote", "set-url", "--push", "origin", sources);
    }

    private String branch() {
        return work.run("symbolic-ref", "--short", "HEAD").strip();
    }

    private void copyExample() throws IOException {
        try (Stream<Path> all = Files.walk(EXAMPLE)) {
            List<Path> files = all.filter(Files::isRegularFile)
                    .filter(file -> !EXAMPLE.relativize(file).startsWith("target"))
                    .toList();
            for (Path file : files) {
                Path copy =
                        folder.resolve("work").resolve(EXAMPLE.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    /** What a file on a branch of the GitOps repository holds. */
    String show(String branch, String path) {
        return Git.in(gitops).run("show", branch + ":" + path);
    }

    Git gitops() {
        return Git.in(gitops);
    }

    @Override
    public void close() throws IOException {
        registry.close();
        for (Path made : new Path[] {gitops, bare}) {
            if (made != null) {
                FileUtils.delete(made.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING);
            }
        }
    }
}
