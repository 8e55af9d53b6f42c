package io.imaas.port;

import io.imaas.model.identity.DeviceLogin;
import io.imaas.model.identity.LoginAttempt;
import io.imaas.model.identity.LoginTokens;
import io.imaas.model.identity.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * How somebody on a command line logs in at an identity provider. Each method fails with POLICY when the provider refuses, and
 * with EXTERNAL when it can't be asked now.
 */
public interface CommandLineLogin {
    /** The provider's host, for people. */
    String name();

    /**
     * Where a browser on this machine goes.
     *
     * @param callback on this machine, where the provider sends the browser afterwards
     */
    URI address(LoginAttempt attempt, URI callback);

    /** @param returned the callback with what the provider added to it */
    LoginTokens tokens(LoginAttempt attempt, URI callback, URI returned);

    /** Begins a login that is confirmed on another machine; empty where the provider knows none. */
    Optional<DeviceLogin> device();

    /** Waits until somebody confirmed it. */
    LoginTokens tokens(DeviceLogin begun) throws InterruptedException;

    /** @param refresh of the tokens before */
    LoginTokens tokens(Secret refresh);

    /**
     * Lets the provider forget a login.
     *
     * @param refresh of its tokens
     * @return false where the provider announces no way to do it
     */
    boolean revoke(Secret refresh);
}
