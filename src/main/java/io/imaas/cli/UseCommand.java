package io.imaas.cli;

import io.imaas.app.assembly.Assembly;
import io.imaas.catalog.Profiles;
import io.imaas.cli.settings.Filled;
import io.imaas.cli.settings.Setting;
import io.imaas.cli.settings.Settings;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.failure.Spelling;
import io.imaas.port.FileEdit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code imaas use}: chooses, makes and shows profiles, so that options need not be repeated. */
@Command(
        name = "use",
        description = {
            "Choose the profile that fills in options that are not given. --set creates or changes it;",
            "without a name it changes the one in use.",
            "Without a name: show the profiles, and which values are filled in from where."
        })
public final class UseCommand extends CliCommand {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    @Parameters(arity = "0..1", paramLabel = "PROFILE", description = "the profile to use")
    private String profile;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "set a value of the profile, such as tenant=orders; repeatable")
    private Map<String, String> values = new LinkedHashMap<>();

    @Mixin
    private final CacheOption cache = new CacheOption();

    @Override
    protected int run() {
        Settings settings = settings();
        if (profile == null && values.isEmpty()) {
            show(settings);
            return 0;
        }
        profile = profile == null ? settings.profile() : profile;
        if (profile.isEmpty()) {
            throw wrong("no profile is in use that --set could change: name one, imaas use NAME --set …");
        }
        if (!NAME.matcher(profile).matches()) {
            throw wrong("'" + profile + "' is not a profile's name: write letters, digits, '.', '_' and '-'");
        }
        Profiles before = settings.profiles();
        values.keySet().forEach(UseCommand::check);
        if (values.isEmpty() && !before.byName().containsKey(profile)) {
            throw FailureException.input(
                    "there is no profile '" + profile + "'",
                    settings.files().config().toString(),
                    Spelling.nearest(profile, before.byName().keySet())
                            .map(near -> "imaas use " + near)
                            .orElse("imaas use " + profile + " --set platform=URL --set tenant=NAME"));
        }
        write(settings.files().config());
        out().println("profile " + profile + " is in use (" + settings.files().config() + ")");
        return 0;
    }

    private static void check(String key) {
        List<String> known = Arrays.stream(Setting.values())
                .filter(Setting::inProfiles)
                .map(Setting::key)
                .toList();
        Setting.of("--" + key).filter(setting -> !setting.inProfiles()).ifPresent(setting -> {
            throw FailureException.input(
                    "a profile holds no '" + key + "': it is a secret, or belongs to one run",
                    "--set",
                    "export " + setting.variable() + "=…");
        });
        if (!known.contains(key)) {
            throw FailureException.unknown("a profile has no '" + key + "'", "--set", key, known);
        }
    }

    /** Changes the named lines of the file and no other. */
    private void write(Path file) {
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("use", profile);
        values.forEach((key, value) -> changes.put("profiles." + profile.replace(".", "\\.") + "." + key, value));
        try (Assembly assembly = new Assembly(cache.folder())) {
            FileEdit edit = assembly.ports().build().values().set(file.toString(), changes);
            Optional<byte[]> old = Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
            byte[] changed = edit.apply(old).orElseThrow();
            Profiles.read(file.toString(), new String(changed, StandardCharsets.UTF_8))
                    .orThrow();
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, changed);
        } catch (IOException e) {
            throw FailureException.input(
                    "the profiles can't be written: " + Reason.of(e), file.toString(), "check the folder's rights");
        }
    }

    private void show(Settings settings) {
        String inUse = settings.profile();
        settings.profiles().byName().keySet().forEach(name -> out().println((name.equals(inUse) ? "* " : "  ") + name));
        if (settings.profiles().byName().isEmpty()) {
            out().println("there is no profile yet: imaas use NAME --set platform=URL --set tenant=NAME");
        }
        settings.filled().stream().map(Filled::sentence).forEach(line -> out().println("    " + line));
    }
}
