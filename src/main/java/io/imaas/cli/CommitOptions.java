package io.imaas.cli;

import io.imaas.adapter.git.GitAccess;
import io.imaas.adapter.git.GitSettings;
import io.imaas.adapter.git.GitSettings.Committer;
import io.imaas.adapter.git.sign.CommitSigning;
import io.imaas.cli.help.HelpHeading;
import io.imaas.port.Clock;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Who commits, and the key that proves it. */
@HelpHeading(HelpHeading.COMMITS)
public final class CommitOptions {
    @Option(
            names = "--committer",
            paramLabel = "'NAME <ADDRESS>'",
            defaultValue = "",
            description = "who commits (default: $IMAAS_COMMITTER, else IMaaS Orchestrator <imaas@localhost>)")
    private Committer committer;

    @Option(
            names = "--sign",
            paramLabel = "ssh:FILE|gpg:KEY",
            defaultValue = "",
            description = "sign commits with an SSH private key, or with a key of this account's GnuPG "
                    + "(default: $IMAAS_SIGN, else the orchestrator's own key)")
    private CommitSigning signing;

    GitSettings settings(Path cache, GitAccess access, Clock clock) {
        GitSettings settings = GitSettings.of(cache, access, clock);
        settings = committer == null ? settings : settings.committedBy(committer);
        return signing == null ? settings : settings.signedBy(signing);
    }
}
