package io.imaas.adapter.git;

import io.imaas.model.source.BranchName;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.Change;
import io.imaas.port.Clock;
import io.imaas.port.FileEdit;
import io.imaas.testing.TestKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A real bare repository and Git's own commands on it, to look from outside. */
final class GitFixture {
    static final BranchName DEV = new BranchName("dev");

    private final Path folder;

    private GitFixture(Path folder) {
        this.folder = folder;
    }

    static GitFixture bare(Path folder) {
        GitFixture fixture = new GitFixture(folder);
        run(folder.getParent(), "git", "init", "-q", "--bare", "-b", "main", folder.toString());
        return fixture;
    }

    Path folder() {
        return folder;
    }

    RepositoryUrl url() {
        return new RepositoryUrl("file://" + folder);
    }

    /** As whoever may push makes them: more branches than are read, whose names begin as that of {@code dev}. */
    void crowd() throws IOException {
        String id = git("rev-parse", "dev").strip();
        StringBuilder refs = new StringBuilder("# pack-refs with: peeled fully-peeled sorted \n");
        for (int i = 100_000; refs.length() < ListedReferences.LARGEST; i++) {
            refs.append(id)
                    .append(" refs/heads/dev")
                    .append(i)
                    .append("x".repeat(200))
                    .append('\n');
        }
        Files.writeString(folder().resolve("packed-refs"), refs);
    }

    String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        return run(folder, command.toArray(String[]::new));
    }

    String file(String branch, String path) {
        return git("show", branch + ":" + path);
    }

    List<String> subjects(String branch) {
        return git("log", "--format=%s", branch).lines().toList();
    }

    /** Commits a file with Git's own commands, as a person would. */
    void commit(String branch, String path, String content) {
        Path work = folder.resolveSibling(folder.getFileName() + "-work");
        try {
            if (!Files.exists(work)) {
                run(folder.getParent(), "git", "clone", "-q", folder.toString(), work.toString());
            }
            run(work, "git", "fetch", "-q", "--prune", "origin");
            boolean exists = !run(work, "git", "ls-remote", "origin", "refs/heads/" + branch)
                    .isBlank();
            if (exists) {
                run(work, "git", "checkout", "-q", "-B", branch, "origin/" + branch);
            } else {
                run(work, "git", "checkout", "-q", "--orphan", branch);
            }
            Path file = work.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            run(work, "git", "add", path);
            run(work, "git", "commit", "-q", "-m", "by hand: " + path);
            run(work, "git", "push", "-q", "origin", branch);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    static GitRepositories open(Path cache) {
        return new GitRepositories(settings(cache));
    }

    static GitSettings settings(Path cache) {
        return TestKey.signed(GitSettings.of(cache, GitAccess.anonymous(), new SystemClock()));
    }

    static GitSettings settings(Path cache, Clock clock) {
        return TestKey.signed(GitSettings.of(cache, GitAccess.anonymous(), clock));
    }

    static Change put(String path, String content, String key) {
        return edit(path, old -> content, key);
    }

    static Change edit(String path, UnaryOperator<String> edit, String key) {
        return change(List.of(fileEdit(path, edit)), key, Map.of());
    }

    static Change change(List<FileEdit> edits, String key, Map<String, String> trailers) {
        return Change.of(DEV, "change " + key, edits).withTrailers(trailers).withKey(key);
    }

    static FileEdit fileEdit(String path, UnaryOperator<String> edit) {
        return new FileEdit() {
            @Override
            public String path() {
                return path;
            }

            @Override
            public Optional<byte[]> apply(Optional<byte[]> current) {
                String old = current.map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .orElse("");
                return Optional.ofNullable(edit.apply(old)).map(text -> text.getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    static String run(Path directory, String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
            builder.redirectErrorStream(true);
            Map<String, String> environment = builder.environment();
            environment.put("GIT_CONFIG_NOSYSTEM", "1");
            environment.put("GIT_AUTHOR_NAME", "Pat");
            environment.put("GIT_AUTHOR_EMAIL", "pat@example.org");
            environment.put("GIT_COMMITTER_NAME", "Pat");
            environment.put("GIT_COMMITTER_EMAIL", "pat@example.org");
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    /** Time that passes hundredfold, and tells how long pauses were to be. */
    static final class HastyClock extends SystemClock {
        private final java.util.concurrent.atomic.AtomicLong paused = new java.util.concurrent.atomic.AtomicLong();

        @Override
        public void pause(Duration duration) throws InterruptedException {
            paused.addAndGet(duration.toMillis());
            Thread.sleep(duration.toMillis() / 100);
        }

        Duration paused() {
            return Duration.ofMillis(paused.get());
        }
    }

    /** Time as it passes. */
    static class SystemClock implements Clock {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            Thread.sleep(duration.toMillis());
        }
    }
}
