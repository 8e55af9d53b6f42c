package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.eclipse.jgit.util.FS;

/** SSH with the account's own known hosts and configuration, and with the configured key when there is one. */
final class SshSessions {
    private final GitAccess access;
    private SshSessionFactory factory;

    SshSessions(GitAccess access) {
        this.access = access;
    }

    synchronized SshSessionFactory factory() {
        if (factory == null) {
            File home = FS.DETECTED.userHome();
            SshdSessionFactoryBuilder builder =
                    new SshdSessionFactoryBuilder().setHomeDirectory(home).setSshDirectory(new File(home, ".ssh"));
            if (!access.sshKey().isEmpty()) {
                builder.setDefaultKeysProvider(ignored -> keys());
            }
            factory = new BoundedSessions(builder.build(null));
        }
        return factory;
    }

    private List<KeyPair> keys() {
        Secret key = access.sshKeyNow()
                .orElseThrow(() -> FailureException.input(
                        "there is no secret '" + access.sshKey() + "' with an SSH key", "", "add it"));
        byte[] text = key.reveal().getBytes(StandardCharsets.UTF_8);
        try (ByteArrayInputStream in = new ByteArrayInputStream(text)) {
            List<KeyPair> pairs = new ArrayList<>();
            SecurityUtils.loadKeyPairIdentities(null, access::sshKey, in, FilePasswordProvider.EMPTY)
                    .forEach(pairs::add);
            return pairs;
        } catch (IOException | GeneralSecurityException problem) {
            throw FailureException.input(
                    "the secret '" + access.sshKey() + "' holds no usable SSH key",
                    "",
                    "it must be an OpenSSH private key without passphrase");
        }
    }
}
