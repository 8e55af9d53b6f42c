package io.imaas.cli;

import io.imaas.app.assembly.OwnKeys;
import io.imaas.cli.help.HelpHeading;
import io.imaas.cli.settings.Settings;
import io.imaas.port.OwnKey;
import picocli.CommandLine.Option;

/** {@code --key}: the orchestrator's own key. The same on every command. */
@HelpHeading(HelpHeading.WHERE)
public final class KeyOption {
    @Option(
            names = "--key",
            paramLabel = "KEY",
            defaultValue = "",
            description =
                    "this orchestrator's private key, which signs records: a file, created when it is first needed, "
                            + "hashivault://NAME in Vault, or program://PATH of a program that signs "
                            + "($IMAAS_KEY; default: ~/.config/imaas/orchestrator.key)")
    private String key = "";

    /** @param settings whose folder the key lies in that nobody named; null: this account's */
    public OwnKey own(Settings settings) {
        return OwnKeys.at(reference(settings), System.getenv());
    }

    /** The name of a file, or of a key of a service; settings are as for {@link #own}. */
    String reference(Settings settings) {
        if (!key.isEmpty()) {
            return key;
        }
        Settings known = settings == null ? Settings.ofThisProcess() : settings;
        return known.files().config().resolveSibling("orchestrator.key").toString();
    }
}
