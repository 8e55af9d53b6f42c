package io.imaas.cli;

import io.imaas.model.failure.FailureException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code imaas logout}: forgets a login of {@code imaas login}. */
@Command(name = "logout", description = "Remove the login to a server or a registry from this machine.")
public final class LogoutCommand extends CliCommand {
    @Mixin
    private final LoginPlace place = new LoginPlace();

    @Override
    protected int run() {
        if (!LoginPlace.stored(settings()).remove(place.address())) {
            throw FailureException.input("no login is kept for it", place.address(), "imaas login " + place.address());
        }
        out().println("Logged out of " + place.address());
        return 0;
    }
}
