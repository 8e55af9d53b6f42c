package io.imaas.cli;

import io.imaas.app.assembly.Logins;
import io.imaas.cli.remote.ServerLogin;
import io.imaas.cli.settings.Filled;
import io.imaas.cli.settings.Setting;
import io.imaas.cli.settings.Settings;
import io.imaas.model.failure.FailureException;
import io.imaas.port.StoredLogins;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where somebody logs in or out. */
final class LoginPlace {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+(:\\d{1,5})?|\\[[0-9a-fA-F:]+](:\\d{1,5})?");

    @Parameters(
            arity = "0..1",
            paramLabel = "ADDRESS",
            description =
                    "a server, such as https://imaas.example (default: 'server' of the profile, or $IMAAS_SERVER); "
                            + "or a registry's host, such as registry.example:5000")
    private String address;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    boolean isServer() {
        return given().contains("://");
    }

    /** As logins are kept by. */
    String address() {
        return isServer() ? ServerLogin.addressOf(given()) : registry();
    }

    private String registry() {
        if (!HOST.matcher(given()).matches()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "'" + given() + "' is neither a server's URL nor a registry's host: write https://imaas.example, or"
                            + " registry.example:5000 without a path");
        }
        return given();
    }

    private String given() {
        if (address != null) {
            return address;
        }
        Settings settings = Settings.of(spec);
        settings.orThrow();
        return settings.find(Setting.SERVER)
                .map(Filled::value)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "nothing says where to log in: imaas login https://imaas.example, or imaas login"
                                + " registry.example"));
    }

    /** @throws FailureException INPUT where there is no home to keep them in */
    static StoredLogins stored(Settings settings) {
        return Logins.stored(settings.environment())
                .orElseThrow(() -> FailureException.input(
                        "there is no place for logins", "$HOME", "export HOME, or XDG_CONFIG_HOME"));
    }
}
