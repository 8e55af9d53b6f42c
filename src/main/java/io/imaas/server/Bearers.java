package io.imaas.server;

import io.imaas.app.access.Accounts;
import io.imaas.app.access.Visitor;
import io.imaas.app.hub.Hub;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Identity;
import io.imaas.model.identity.Secret;
import io.imaas.model.tenancy.Access;
import io.imaas.port.Clock;
import io.imaas.port.IdentityProvider;
import io.imaas.server.Problems.HttpProblem;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Whose a token is: by the file of tokens, or by the identity provider at which a command line got it. */
record Bearers(
        Supplier<Optional<Accounts>> accounts,
        Optional<IdentityProvider> provider,
        Hub hub,
        Clock clock,
        Semaphore asking) {
    private static final Pattern OF_PROVIDER = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    private static final int LONGEST = 1 << 14;
    /** Others are answered while a provider is slow. */
    private static final int AT_ONCE = 8;

    Bearers(Supplier<Optional<Accounts>> accounts, Optional<IdentityProvider> provider, Hub hub, Clock clock) {
        this(accounts, provider, hub, clock, new Semaphore(AT_ONCE));
    }

    /** Whether anybody can have a token. */
    boolean isNobody() {
        return provider.isEmpty() && accounts.get().isEmpty();
    }

    /** By the file of tokens alone. */
    Optional<Visitor> given(Secret token) {
        return accounts.get().flatMap(known -> known.find(token, clock.now()));
    }

    Optional<Visitor> find(Secret token) {
        return given(token).or(() -> provider.filter(any -> isOfProvider(token)).flatMap(at -> find(at, token)));
    }

    /** What they may is in the platform's files as they are now; their groups are as of their login. */
    Visitor visitor(Identity identity) {
        Access access = hub.access();
        return Visitor.byFiles(identity.actor(access.teamsOf(identity.groups())), access);
    }

    private static boolean isOfProvider(Secret token) {
        return token.reveal().length() <= LONGEST
                && OF_PROVIDER.matcher(token.reveal()).matches();
    }

    private Optional<Visitor> find(IdentityProvider at, Secret token) {
        if (!isMyTurn()) {
            throw new HttpProblem(503, "too many people wait for the identity provider", "try again in a minute");
        }
        try {
            return Optional.of(visitor(at.identity(token)));
        } catch (FailureException e) {
            if (e.failure().kind() == FailureKind.POLICY) {
                return Optional.empty();
            }
            throw e;
        } finally {
            asking.release();
        }
    }

    private boolean isMyTurn() {
        try {
            return asking.tryAcquire(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
