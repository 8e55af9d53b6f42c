package io.imaas.testing;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A tenant's GitOps repository with many services and a long history: releases on dev, and promotions that merge into
 * test and prod. Made by git fast-import.
 */
public final class LongHistory {
    private final int services;
    private final BufferedWriter out;
    private final Random random = new Random(1);

    private LongHistory(int services, BufferedWriter out) {
        this.services = services;
        this.out = out;
    }

    public static void create(Path folder, int services, int commits) throws IOException {
        Git.in(folder.getParent()).run("init", "-q", "--bare", folder.toString());
        Path stream = folder.resolveSibling(folder.getFileName() + ".import");
        try (BufferedWriter out = Files.newBufferedWriter(stream)) {
            new LongHistory(services, out).write(commits);
        }
        try {
            Process imported = new ProcessBuilder("git", "fast-import", "--quiet", "--done")
                    .directory(folder.toFile())
                    .redirectInput(stream.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(imported.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (imported.waitFor() != 0) {
                throw new AssertionError(said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        Git.in(folder).run("repack", "-adq");
        Files.delete(stream);
    }

    private void write(int commits) throws IOException {
        commit("dev", 0, "Begin");
        for (int service = 0; service < services; service++) {
            release(service, 0);
            file(service, "values.yaml", "replicas: 1\n");
            for (String environment : new String[] {"dev", "test", "prod"}) {
                file(service, "env/" + environment + ".yaml", "environment: " + environment + "\n");
            }
        }
        for (int commit = 1; commit < commits; commit++) {
            int service = random.nextInt(services);
            int kind = commit < 3 ? commit : random.nextInt(4);
            String branch = kind == 1 ? "test" : kind == 2 ? "prod" : "dev";
            commit(branch, commit, "Release " + service + " to " + branch);
            if (commit < 3) {
                out.write("from refs/heads/dev\n");
            } else if (!branch.equals("dev")) {
                out.write("merge refs/heads/" + (kind == 1 ? "dev" : "test") + "\n");
            }
            release(service, commit);
        }
        out.write("done\n");
    }

    private void commit(String branch, int number, String subject) throws IOException {
        String message = subject + "\n\nImaas-Actor: @ann\n";
        out.write("commit refs/heads/" + branch + "\ncommitter Pat <pat@example.org> " + (1_700_000_000L + number)
                + " +0000\ndata " + message.length() + "\n" + message + "\n");
    }

    private void release(int service, int version) throws IOException {
        file(
                service,
                "release.yaml",
                "image:\n  repository: r.example.org/orders/s%04d\n  digest: sha256:%064x\n  tag: v%d\nversion: 1.0.%d\n"
                        .formatted(service, service * 7919L + version, version, version));
    }

    private void file(int service, String name, String content) throws IOException {
        out.write("M 100644 inline services/s%04d/%s\ndata %d\n%s\n"
                .formatted(service, name, content.getBytes(StandardCharsets.UTF_8).length, content));
    }
}
