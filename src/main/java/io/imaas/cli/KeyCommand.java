package io.imaas.cli;

import io.imaas.app.assembly.Assembly;
import io.imaas.cli.settings.Settings;
import io.imaas.model.identity.SigningKey;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code imaas key}: the public half of this orchestrator's key, as the platform repository wants it. */
@Command(
        name = "key",
        description = {
            "Show the key with which this orchestrator signs records, as platform.yaml lists it under 'orchestrators'.",
            "Makes the key when there is none yet."
        })
public final class KeyCommand implements Callable<Integer> {
    @Mixin
    private final KeyOption key = new KeyOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Path file = key.file(Settings.of(spec));
        SigningKey shown = Assembly.makeKey(file);
        PrintWriter out = spec.commandLine().getOut();
        out.println("# " + file + ", SHA-256 " + shown.id());
        out.println("orchestrators:");
        out.println("  - {name: " + shown.name() + ", key: \"" + shown.text() + "\"}");
        out.flush();
        return 0;
    }
}
