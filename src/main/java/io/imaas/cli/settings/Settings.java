package io.imaas.cli.settings;

import io.imaas.app.assembly.Assembly;
import io.imaas.catalog.Profiles;
import io.imaas.cli.settings.Filled.Origin;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Spelling;
import io.imaas.port.Clock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The one place that fills in options that were not given: from an environment variable, else from the checkout's
 * {@code .imaas.yaml}, else from the profile in use. Files are read when the first such option is asked for; a file that
 * is wrong is told by {@link #orThrow} and not before, so that {@code --help} works with a broken one.
 */
public final class Settings implements IDefaultValueProvider {
    private final Map<String, String> environment;
    private final Clock clock;
    private final Path here;
    private final SettingsFiles files;
    private List<Filled> filled;
    private Map<String, String> checkout = Map.of();
    private FailureException broken;

    private Settings(Map<String, String> environment, Path home, Path here, Clock clock) {
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.here = here;
        this.files = SettingsFiles.of(environment, home, here);
    }

    /** @param here the working folder */
    public static Settings of(Map<String, String> environment, Path home, Path here) {
        return of(environment, home, here, Assembly.systemClock());
    }

    /** The same, with a time of its own. */
    public static Settings of(Map<String, String> environment, Path home, Path here, Clock clock) {
        return new Settings(environment, home, here, clock);
    }

    /** Of this account, its environment and its working folder. */
    public static Settings ofThisProcess() {
        return of(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                Path.of("").toAbsolutePath());
    }

    /** Whether a command has options that may be filled in. */
    public static boolean concern(CommandSpec spec) {
        return spec.options().stream()
                .anyMatch(option -> Setting.of(option.longestName()).isPresent());
    }

    /** Those that a command's line was made with; a command that stands alone has none. */
    public static Settings of(CommandSpec spec) {
        if (spec.root().defaultValueProvider() instanceof Settings known) {
            return known;
        }
        Settings none = of(Map.of(), Path.of(""), Path.of(""));
        none.filled = List.of();
        return none;
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        return Setting.of(option.longestName())
                .flatMap(this::find)
                .map(Filled::value)
                .orElse(null);
    }

    /** What fills in an option that is not given; empty where nothing does. */
    public Optional<Filled> find(Setting setting) {
        return filled().stream().filter(one -> one.setting() == setting).findFirst();
    }

    /** Everything that would be filled in. */
    public List<Filled> filled() {
        if (filled == null) {
            try {
                filled = read();
            } catch (FailureException e) {
                broken = e;
                filled = List.of();
            }
        }
        return filled;
    }

    /** @throws FailureException INPUT when one of the files is wrong */
    public void orThrow() {
        filled();
        if (broken != null) {
            throw broken;
        }
    }

    /** The service that {@code .imaas.yaml} names. */
    public Optional<String> service() {
        filled();
        return Optional.ofNullable(checkout.get("service"));
    }

    /** The variables of the process, or those of a test. */
    public Map<String, String> environment() {
        return environment;
    }

    public Clock clock() {
        return clock;
    }

    /** The working folder. */
    public Path here() {
        return here;
    }

    public SettingsFiles files() {
        return files;
    }

    public Profiles profiles() {
        return files.profiles();
    }

    private List<Filled> read() {
        checkout = files.ofCheckout();
        Profiles profiles = files.profiles();
        String profile = inUse(profiles);
        Map<String, String> values = profiles.byName().getOrDefault(profile, Map.of());
        List<Filled> all = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            Stream.of(
                            filled(
                                    setting,
                                    environment.get(setting.variable()),
                                    Origin.VARIABLE,
                                    "$" + setting.variable()),
                            filled(
                                    setting,
                                    setting == Setting.TENANT ? checkout.get("tenant") : null,
                                    Origin.CHECKOUT,
                                    files.checkout().map(Path::toString).orElse("")),
                            filled(setting, values.get(setting.key()), Origin.PROFILE, "profile " + profile))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresent(all::add);
        }
        return all;
    }

    private static Optional<Filled> filled(Setting setting, String value, Origin origin, String source) {
        return value == null || value.isBlank()
                ? Optional.empty()
                : Optional.of(new Filled(setting, value, origin, source));
    }

    /** The profile's name: the strongest that says one. */
    private String inUse(Profiles profiles) {
        String variable = environment.getOrDefault("IMAAS_PROFILE", "");
        String name = !variable.isBlank() ? variable : checkout.getOrDefault("profile", profiles.use());
        if (!name.isEmpty() && !profiles.byName().containsKey(name)) {
            String where = !variable.isBlank()
                    ? "$IMAAS_PROFILE"
                    : checkout.containsKey("profile")
                            ? files.checkout().orElseThrow().toString()
                            : files.config().toString();
            throw FailureException.input("there is no profile '" + name + "'", where, near(name, profiles));
        }
        return name;
    }

    private String near(String name, Profiles profiles) {
        String create = "imaas use " + name + " --set platform=URL --set tenant=NAME";
        return Spelling.nearest(name, profiles.byName().keySet())
                .map(word -> "did you mean '" + word + "'? To add it: " + create)
                .orElse(create);
    }

    /** The name of the profile in use; empty for none. */
    public String profile() {
        orThrow();
        return inUse(files.profiles());
    }
}
