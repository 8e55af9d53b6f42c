package io.imaas.cli;

import io.imaas.app.assembly.Assembly;
import io.imaas.model.identity.Actor;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Proves who asks, on a command line that nobody logs in to. */
final class SignatureOption {
    @Option(
            names = "--ssh-key",
            paramLabel = "FILE",
            description = "sign with your SSH key, as 'ssh-keygen -Y sign' does: it proves who you are if 'people' in "
                    + "platform.yaml lists the key")
    private Path sshKey;

    Actor of(Actor said) {
        return sshKey == null ? said : new Actor(said.name(), Actor.Proof.SSH_SIGNATURE, said.roles());
    }

    void add(Assembly assembly, GitOpsOptions gitops) {
        if (sshKey != null) {
            assembly.key(gitops.platform().key(gitops.settings()), sshKey);
        }
    }
}
