package io.imaas.dev.demo;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.port.Change;
import io.imaas.port.FileEdit;
import io.imaas.port.GitRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Turns folders of {@code examples/} into the demo's repositories. */
public final class DemoSources {
    private final Path examples;

    public DemoSources(Path examples) {
        if (!Files.isDirectory(examples.resolve("platform"))) {
            throw FailureException.input(
                    "the examples are not there", examples.toString(), "run ./imaas from a clone of the project");
        }
        this.examples = examples;
    }

    /** Commits an edit of a file that is on {@code main} already. */
    public static void amend(GitRepository repository, String path, UnaryOperator<String> edit, String subject) {
        CommitId head = repository.head(DemoWorld.MAIN).orElseThrow();
        commit(
                repository,
                DemoWorld.MAIN,
                Map.of(path, repository.read(head, path).orElseThrow()),
                subject,
                edit);
    }

    public static void commit(
            GitRepository repository,
            BranchName branch,
            Map<String, byte[]> files,
            String subject,
            UnaryOperator<String> rewrite) {
        List<FileEdit> edits = files.entrySet().stream()
                .map(file -> FileEdit.content(file.getKey(), rewritten(file.getValue(), rewrite)))
                .toList();
        repository.land(Change.of(branch, subject, edits));
    }

    /** Merges a pull request that adds one file. */
    public static void merge(
            GitRepository repository, BranchName into, CommitId head, String path, String subject, String actor) {
        FileEdit added = FileEdit.content(path, repository.read(head, path).orElseThrow());
        repository.land(Change.of(into, subject, List.of(added))
                .withTrailers(Map.of(Trailers.ACTOR, actor))
                .carrying(head));
    }

    /** All files of a folder of the examples, but for what a build leaves there. */
    public Map<String, byte[]> files(String folder) {
        Path root = examples.resolve(folder);
        Map<String, byte[]> files = new java.util.TreeMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path path : walk.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(path).toString().replace('\\', '/');
                if (!name.startsWith("target/")) {
                    files.put(name, Files.readAllBytes(path));
                }
            }
        } catch (IOException e) {
            throw FailureException.input(
                    "an example can't be read: " + Reason.of(e), root.toString(), "clone the project again");
        }
        return files;
    }

    private static byte[] rewritten(byte[] bytes, UnaryOperator<String> rewrite) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        byte[] same = text.getBytes(StandardCharsets.UTF_8);
        return java.util.Arrays.equals(same, bytes) ? rewrite.apply(text).getBytes(StandardCharsets.UTF_8) : bytes;
    }
}
