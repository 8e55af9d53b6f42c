package io.imaas.cli;

import io.imaas.app.assembly.Assembly;
import io.imaas.model.identity.SigningKey;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code imaas key}: the public half of this orchestrator's key, as the platform repository wants it. */
@Command(
        name = "key",
        description = {
            "Show the public key of this orchestrator's signatures, ready for 'orchestrators' in " + "platform.yaml.",
            "Creates the key if there is none."
        })
public final class KeyCommand extends CliCommand {
    @Mixin
    private final KeyOption key = new KeyOption();

    @Override
    protected int run() {
        Path file = key.file(settings());
        SigningKey shown = Assembly.makeKey(file);
        out().println("# " + file + ", SHA-256 " + shown.id());
        out().println("orchestrators:");
        out().println("  - " + shown.listed());
        return 0;
    }
}
