package io.imaas.jenkins;

import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.jenkins.config.FolderServer;
import io.imaas.jenkins.config.ImaasConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** A platform on folders: real bare repositories, a registry on loopback, a folder that stands for the cluster. */
final class TestPlatform implements AutoCloseable {
    private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();

    private final Path root;
    private final String base;
    private final LoopbackRegistry registry;

    private TestPlatform(Path root, String base, LoopbackRegistry registry) {
        this.root = root;
        this.base = base;
        this.registry = registry;
    }

    /** Two tenants, orders and payments; repositories for the services of orders that build without Maven. */
    static TestPlatform begin(Path root) throws IOException, InterruptedException {
        return begin(root, "file://" + gitFolder(root) + "/");
    }

    /** The same with repositories that are reached in another way; ends with a slash. */
    static TestPlatform begin(Path root, String base) throws IOException, InterruptedException {
        TestPlatform platform = new TestPlatform(root, base, LoopbackRegistry.start(root.resolve("registry"), 0));
        platform.repository("platform", "main");
        platform.commit("platform", "main", EXAMPLES.resolve("platform"), "The platform");
        for (String service : List.of("order-report", "order-sync")) {
            platform.repository(service, "main");
            platform.commit(service, "main", EXAMPLES.resolve("services").resolve(service), "First version");
        }
        platform.repository("orders-gitops", "dev");
        platform.repository("payments-gitops", "dev");
        return platform;
    }

    /** As after the delivery of order-api to dev. */
    void released() throws IOException, InterruptedException {
        commit("orders-gitops", "dev", EXAMPLES.resolve("gitops"), "Release order-api");
    }

    /** As an administrator would on the system page; and builds begin at once, and not after Jenkins' 5 seconds. */
    void configure() throws IOException {
        Jenkins.get().setQuietPeriod(0);
        ImaasConfiguration configuration = ImaasConfiguration.get();
        configuration.setPlatformRepository(url("platform"));
        configuration.setServers(
                List.of(new FolderServer(root.resolve("cluster").toString())));
    }

    /** Where the bare repositories are. */
    static Path gitFolder(Path root) {
        return root.resolve("git");
    }

    String url(String name) {
        return base + name + ".git";
    }

    private Path bare(String name) {
        return gitFolder(root).resolve(name + ".git");
    }

    Path root() {
        return root;
    }

    private void repository(String name, String branch) throws IOException, InterruptedException {
        Path bare = bare(name);
        Files.createDirectories(bare);
        git(bare, "init", "-q", "--bare", "--initial-branch=" + branch);
    }

    /** Commits a folder's files, with the servers of the examples replaced by those of the test. */
    private void commit(String name, String branch, Path from, String message)
            throws IOException, InterruptedException {
        Path work = Files.createTempDirectory(root, name);
        git(work, "init", "-q", "--initial-branch=" + branch);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = work.resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.write(to, rewritten(Files.readAllBytes(file)));
            }
        }
        push(name, branch, work, message);
    }

    /** Changes one file of a branch, as somebody's push. */
    void change(String name, String branch, String path, String from, String to)
            throws IOException, InterruptedException {
        Path work = Files.createTempDirectory(root, name);
        git(work, "clone", "-q", "--branch", branch, bare(name).toString(), ".");
        Path file = work.resolve(path);
        Files.writeString(file, Files.readString(file).replace(from, to));
        push(name, branch, work, "Change " + path);
    }

    /** Adds the two lines that a repository's people write. */
    void addJenkinsfile(String name, String branch, String call) throws IOException, InterruptedException {
        write(name, branch, "Jenkinsfile", "@Library('imaas') _\n" + call + "\n");
    }

    /** Writes one file of a branch, as somebody's push. */
    void write(String name, String branch, String path, String text) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory(root, name);
        git(work, "clone", "-q", "--branch", branch, bare(name).toString(), ".");
        Files.createDirectories(work.resolve(path).getParent());
        Files.writeString(work.resolve(path), text);
        push(name, branch, work, "Write " + path);
    }

    /** Adds a file to a branch, as somebody's push. */
    void add(String name, String branch, String path, String text) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory(root, name);
        git(work, "clone", "-q", "--branch", branch, url(name), ".");
        Files.writeString(work.resolve(path), text);
        push(name, branch, work, "Add " + path);
    }

    /** Makes a branch at another one's tip. */
    void branch(String name, String from, String to) throws IOException, InterruptedException {
        git(bare(name), "branch", "-f", to, from);
    }

    private void push(String name, String branch, Path work, String message) throws IOException, InterruptedException {
        git(work, "add", "-A");
        git(work, "-c", "user.name=dora", "-c", "user.email=dora@example.org", "commit", "-q", "-m", message);
        git(work, "push", "-q", bare(name).toString(), "HEAD:" + branch);
    }

    private byte[] rewritten(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        text = text.replaceAll("https://github\\.com/acme/([a-z-]+)\\.git", base + "$1.git")
                .replace("registry.acme.example/", registry.address() + "/")
                .replaceAll(" +approvers: .*\\n| +freeze: .*\\n", "");
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    String git(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
        return output;
    }

    /** What git says of a bare repository. */
    String git(String name, String... arguments) throws IOException, InterruptedException {
        return git(bare(name), arguments);
    }

    @Override
    public void close() {
        registry.close();
    }
}
