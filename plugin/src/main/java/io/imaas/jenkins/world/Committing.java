package io.imaas.jenkins.world;

import io.imaas.adapter.dsse.DsseStatements;
import io.imaas.adapter.dsse.KeyFile;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.git.sign.CommitSigning;
import io.imaas.app.assembly.OwnKeys;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.jenkins.credentials.JenkinsSecrets;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.port.OwnKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import jenkins.model.Jenkins;

/**
 * Who commits, and with which key; two looks at the same are equal.
 *
 * @param committer {@code Name <address>}; empty: the orchestrator
 * @param key an SSH private key without passphrase, from Jenkins' own store; null: the one that Jenkins makes
 */
record Committing(String committer, Secret key) {
    static Committing now() {
        ImaasConfiguration configuration = ImaasConfiguration.get();
        String id = configuration.getSigningCredentialsId();
        return new Committing(
                configuration.getCommitter(), id.isEmpty() ? null : new JenkinsSecrets(Jenkins.get()).plainSshKey(id));
    }

    /** @param folder below Jenkins' home, for the key: what signs reads it from a file */
    GitSettings in(GitSettings settings, Path folder) {
        GitSettings by = committer.isEmpty()
                ? settings
                : settings.committedBy(GitSettings.Committer.parse(committer)
                        .orElseThrow(() -> FailureException.input(
                                "'" + committer + "' is not a committer",
                                "Integration platform",
                                "write Name <name@example.org>")));
        return by.signedBy(CommitSigning.by(new DsseStatements(recordKey(folder))));
    }

    /**
     * The key that signs records and commits: the one that was given, or the one that the controller's environment names, or
     * else one that this controller makes for itself, beside Jenkins' own secrets.
     *
     * @param folder as for {@link #in}
     */
    OwnKey recordKey(Path folder) {
        if (key != null) {
            return new KeyFile(file(folder));
        }
        String named = System.getenv().getOrDefault("IMAAS_KEY", "");
        return named.isBlank()
                ? new KeyFile(Jenkins.get()
                        .getRootDir()
                        .toPath()
                        .resolve("secrets")
                        .resolve("imaas")
                        .resolve("orchestrator.key"))
                : OwnKeys.at(named.strip(), System.getenv());
    }

    /** Readable by the controller's account alone, as Jenkins' own secrets are. */
    private Path file(Path folder) {
        try {
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(
                    folder,
                    "key",
                    null,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, key.reveal().strip() + "\n");
            return Files.move(fresh, folder.resolve("signing-key"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw FailureException.external(
                    "the signing key can't be kept: " + e.getMessage(), folder.toString(), "check the folder", e);
        }
    }
}
