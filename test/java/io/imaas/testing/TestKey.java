package io.imaas.testing;

import io.imaas.adapter.dsse.DsseStatements;
import io.imaas.adapter.dsse.KeyFile;
import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitRepositories;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.git.sign.CommitSigning;
import io.imaas.model.record.Trust;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.Clock;
import io.imaas.port.SignedStatements;
import io.imaas.step.record.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The orchestrator's key in tests: one for all of them, in a folder that is temporary. */
public final class TestKey {
    private static final Path FILE = temporary().resolve("orchestrator.key");

    /** The file is read once. */
    private static final DsseStatements STATEMENTS = new DsseStatements(new KeyFile(FILE));

    private TestKey() {}

    public static Path file() {
        return FILE;
    }

    public static DsseStatements statements() {
        return STATEMENTS;
    }

    /** Of the platform acme, which lists no key. */
    static Trust trust() {
        return new Trust("acme", List.of(), List.of());
    }

    /** Records of a tenant of it. */
    public static Records records(String tenant) {
        return records(statements(), tenant);
    }

    /** The same of an orchestrator with another key. */
    public static Records records(SignedStatements by, String tenant) {
        return new Records(by, trust(), new TenantName(tenant));
    }

    /** Git as the orchestrator with this key. */
    public static GitSettings signed(GitSettings settings) {
        return settings.signedBy(CommitSigning.by(statements()));
    }

    /** The same, without a login. */
    public static GitRepositories git(Path cache, Clock clock) {
        return new GitRepositories(signed(GitSettings.of(cache, GitAccess.anonymous(), clock)));
    }

    /** The line of {@code platform.yaml} that lists it. */
    public static String listed() {
        return "orchestrators: [" + statements().ownKey().listed() + "]\n";
    }

    /** What a signed file says. */
    public static String payload(String file) {
        return statements().read(file).envelope().payload();
    }

    private static Path temporary() {
        try {
            Path folder = Files.createTempDirectory("imaas-key");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (java.util.stream.Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException gone) {
            // The machine cleans its temporary folder up as well.
        }
    }
}
