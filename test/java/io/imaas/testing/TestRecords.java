package io.imaas.testing;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.app.assembly.Assembly;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.Change;
import io.imaas.port.Clock;
import io.imaas.port.FileEdit;
import io.imaas.port.SignedStatements;
import io.imaas.step.record.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;

/** Writes to the branch of records as an orchestrator does. */
public final class TestRecords {
    private TestRecords() {}

    /** @param text null takes the file away */
    public static void put(Path bare, String path, String text) {
        put(bare, path, text, TestKey.statements(), Assembly.systemClock());
    }

    /** The same by an orchestrator of its own key and time. */
    public static void put(Path bare, String path, String text, SignedStatements by, Clock clock) {
        put(bare, new TenantName("orders"), List.of(FileEdit.text(path, text)), by, clock);
    }

    /** Many files of a tenant at once. */
    public static void put(Path bare, TenantName tenant, Map<String, String> files) {
        put(
                bare,
                tenant,
                files.entrySet().stream()
                        .map(file -> FileEdit.text(file.getKey(), file.getValue()))
                        .toList(),
                TestKey.statements(),
                Assembly.systemClock());
    }

    private static void put(Path bare, TenantName tenant, List<FileEdit> edits, SignedStatements by, Clock clock) {
        try {
            Path cache = Files.createTempDirectory("imaas-records");
            try (GitRepositories repositories =
                    new GitRepositories(GitSettings.of(cache, GitAccess.anonymous(), clock))) {
                repositories
                        .at(new RepositoryUrl(bare.toUri().toString().replaceAll("/$", "")))
                        .land(Change.of(GitOpsPaths.RECORDS, "Records", edits)
                                .sealed(new Records(by, TestKey.trust(), tenant).seal()));
            } finally {
                FileUtils.deleteDirectory(cache.toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
