package io.imaas.cli;

import io.imaas.cli.remote.ServerLogin;
import io.imaas.model.failure.FailureException;
import io.imaas.port.StoredLogins;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code imaas logout}: forgets a login of {@code imaas login}. */
@Command(
        name = "logout",
        description = {
            "Remove the login to a server or a registry from this machine.",
            "The identity provider of a server is asked to revoke it, where it offers that."
        })
public final class LogoutCommand extends CliCommand {
    @Mixin
    private final LoginPlace place = new LoginPlace();

    @Override
    protected int run() {
        String address = place.address();
        StoredLogins logins = LoginPlace.stored(settings());
        String said = (place.isServer()
                        ? new ServerLogin(address, logins, settings().clock()).end()
                        : Optional.of("Logged out of " + address).filter(any -> logins.remove(address)))
                .orElseThrow(
                        () -> FailureException.input("no login is kept for it", address, "imaas login " + address));
        out().println(said);
        return 0;
    }
}
