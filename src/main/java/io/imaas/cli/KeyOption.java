package io.imaas.cli;

import io.imaas.cli.help.HelpHeading;
import io.imaas.cli.settings.Settings;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --key}: the orchestrator's own key. The same on every command. */
@HelpHeading(HelpHeading.WHERE)
public final class KeyOption {
    @Option(
            names = "--key",
            paramLabel = "FILE",
            defaultValue = "",
            description = "this orchestrator's private key, which signs records; created when it is first needed "
                    + "($IMAAS_KEY; default: ~/.config/imaas/orchestrator.key)")
    private String key = "";

    /** @param settings whose folder the key lies in that nobody named; null: this account's */
    public Path file(Settings settings) {
        if (!key.isEmpty()) {
            return Path.of(key);
        }
        Settings known = settings == null ? Settings.ofThisProcess() : settings;
        return known.files().config().resolveSibling("orchestrator.key");
    }
}
