package io.imaas.cli;

import io.imaas.app.assembly.Logins;
import io.imaas.cli.remote.BrowserLogin;
import io.imaas.cli.remote.ServerLogin;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.port.RegistryLogins.Login;
import io.imaas.port.StoredLogins;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas login}: proves once who somebody is, and keeps the proof where the machine keeps secrets. */
@Command(
        name = "login",
        description = {
            "Log in to a server or a registry. Every command that connects to it uses the login.",
            "The login is tested and then stored in the machine's keyring: a credential helper of "
                    + "Docker, macOS' keychain, secret-tool, pass, a credential helper of Git, or else a file that only you "
                    + "can read."
        })
public final class LoginCommand extends CliCommand {
    private static final int LONGEST = 1 << 16;

    @Mixin
    private final LoginPlace place = new LoginPlace();

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "the user's name at the registry (default: asked on a terminal)")
    private String user;

    @Option(
            names = "--password-stdin",
            description = "read the registry's password from standard input (default: asked on a terminal)")
    private boolean password;

    @Option(
            names = "--device",
            description = "log in to a server with a browser on another machine (default: where none can be here)")
    private boolean device;

    @Option(
            names = "--callback-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description =
                    "where the browser comes back to on this machine, for an identity provider that knows only one "
                            + "port of http://localhost:PORT/callback (default: any)")
    private int callback;

    @Option(
            names = "--token-stdin",
            description = "read from standard input a token that the server's administrators gave you")
    private boolean token;

    @Override
    protected int run() throws IOException, InterruptedException {
        String address = place.address();
        StoredLogins logins = LoginPlace.stored(settings());
        String where;
        if (place.isServer()) {
            if (user != null || password) {
                throw wrong("--user and --password-stdin are for a registry, whose address has no https://");
            }
            where = toServer(new ServerLogin(address, logins, settings().clock()));
        } else {
            if (token || device) {
                throw wrong("--token-stdin and --device are for a server, whose address begins with https://");
            }
            Login login = new Login(user(), password());
            Logins.check(address, login);
            where = logins.store(address, login);
        }
        out().println("Logged in to " + address + "; kept " + where);
        return 0;
    }

    private String toServer(ServerLogin login) throws IOException, InterruptedException {
        if (token) {
            return login.keep(given("token"));
        }
        Browser browser = new Browser(settings().environment());
        if (device || !browser.isHere()) {
            Optional<String> kept = login.withDevice(this::tell);
            if (kept.isPresent()) {
                return kept.get();
            }
            if (device) {
                throw FailureException.input(
                        "the identity provider knows no logins by device", login.address(), "leave --device out");
            }
        }
        return login.withBrowser(new BrowserLogin(browser, port(callback)), this::tell);
    }

    private void tell(String sentence) {
        err().println(sentence);
        err().flush();
    }

    private String user() {
        String name = user != null
                ? user
                : console()
                        .map(one -> one.readLine("User of %s: ", place.address()))
                        .orElse(null);
        if (name == null || name.isBlank() || name.contains(":")) {
            throw wrong("give the registry's user: --user NAME, without a colon");
        }
        return name.strip();
    }

    private Secret password() throws IOException {
        return password ? given("password") : asked("Password: ", "--password-stdin");
    }

    private Secret asked(String question, String option) {
        return console()
                .map(one -> one.readPassword("%s", question))
                .filter(answer -> answer.length > 0)
                .map(answer -> new Secret(new String(answer)))
                .orElseThrow(() -> wrong("nobody can be asked here: give " + option));
    }

    /** Empty where nobody can be asked. */
    private static Optional<Console> console() {
        return Optional.ofNullable(System.console());
    }

    /** @throws FailureException INPUT when there is none */
    private static Secret given(String what) throws IOException {
        String text = new String(System.in.readNBytes(LONGEST), StandardCharsets.UTF_8).replaceFirst("\r?\n$", "");
        if (text.isBlank() || text.length() == LONGEST || text.contains("\n")) {
            throw FailureException.input("standard input holds no " + what, "write the " + what + " alone to it");
        }
        return new Secret(text);
    }
}
