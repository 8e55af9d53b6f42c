package io.imaas.cli;

import io.imaas.model.identity.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code imaas key}: the public half of this orchestrator's key, as the platform repository wants it. */
@Command(
        name = "key",
        description = {
            "Show the public key of this orchestrator's signatures, ready for 'orchestrators' in " + "platform.yaml.",
            "Creates the key if there is none and it is to be in a file."
        })
public final class KeyCommand extends CliCommand {
    @Mixin
    private final KeyOption key = new KeyOption();

    @Override
    protected int run() {
        SigningKey shown = key.own(settings()).publicKey();
        out().println("# " + key.reference(settings()) + ", SHA-256 " + shown.id());
        out().println("orchestrators:");
        out().println("  - " + shown.listed());
        return 0;
    }
}
