package io.imaas.adapter.oidc;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationResponse;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.device.DeviceCode;
import com.nimbusds.oauth2.sdk.device.DeviceCodeGrant;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import io.imaas.model.identity.DeviceLogin;
import io.imaas.model.identity.LoginAttempt;
import io.imaas.model.identity.LoginTokens;
import io.imaas.model.identity.Secret;
import io.imaas.port.Clock;
import io.imaas.port.CommandLineLogin;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A public client on a person's own machine: the code flow with PKCE (RFC 8252), the device flow (RFC 8628), refreshing,
 * and revoking (RFC 7009).
 */
public final class OidcLogin implements CommandLineLogin {
    private static final List<String> SCOPES = List.of("openid", "profile", "email", "groups", "offline_access");
    private static final Duration SLOWER = Duration.ofSeconds(5);

    private final Provider provider;
    private final Clock clock;

    /** @param client as the provider knows command lines */
    public OidcLogin(String issuer, String client, Clock clock) {
        this.provider =
                new Provider(new OidcSettings(issuer, client, Optional.empty(), "sub", "groups"), clock, Provider.CALL);
        this.clock = clock;
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public URI address(LoginAttempt attempt, URI callback) {
        return provider.authorization(scope(), attempt, callback);
    }

    @Override
    public LoginTokens tokens(LoginAttempt attempt, URI callback, URI returned) {
        return checked(provider.tokens(attempt, callback, returned), new Nonce(attempt.nonce()), null);
    }

    @Override
    public Optional<DeviceLogin> device() {
        URI endpoint = provider.metadata().getDeviceAuthorizationEndpointURI();
        if (endpoint == null) {
            return Optional.empty();
        }
        OidcSettings.requireSafe(endpoint.toString(), provider.name());
        try {
            DeviceAuthorizationResponse answer = DeviceAuthorizationResponse.parse(
                    provider.send(new DeviceAuthorizationRequest.Builder(provider.client())
                            .scope(scope())
                            .endpointURI(endpoint)
                            .build()
                            .toHTTPRequest()));
            if (!answer.indicatesSuccess()) {
                throw provider.refused("it answered "
                        + answer.toErrorResponse().getErrorObject().getCode());
            }
            DeviceAuthorizationSuccessResponse begun = answer.toSuccessResponse();
            OidcSettings.requireSafe(begun.getVerificationURI().toString(), provider.name());
            return Optional.of(new DeviceLogin(
                    new Secret(begun.getDeviceCode().getValue()),
                    begun.getUserCode().getValue(),
                    begun.getVerificationURI(),
                    Duration.ofSeconds(begun.getInterval()),
                    clock.now().plusSeconds(begun.getLifetime())));
        } catch (ParseException e) {
            throw provider.malformed(e);
        }
    }

    @Override
    public LoginTokens tokens(DeviceLogin begun) throws InterruptedException {
        DeviceCodeGrant grant = new DeviceCodeGrant(new DeviceCode(begun.code().reveal()));
        Duration interval = begun.interval();
        while (clock.now().isBefore(begun.ends())) {
            clock.pause(interval);
            TokenResponse answer = provider.exchange(grant);
            String error = answer.indicatesSuccess()
                    ? ""
                    : answer.toErrorResponse().getErrorObject().getCode();
            if (error.equals("slow_down")) {
                interval = interval.plus(SLOWER);
            } else if (!error.equals("authorization_pending")) {
                return checked(provider.tokens(answer), null, null);
            }
        }
        throw provider.refused("nobody confirmed the code in time");
    }

    @Override
    public LoginTokens tokens(Secret refresh) {
        RefreshToken before = new RefreshToken(refresh.reveal());
        return checked(provider.tokens(provider.exchange(new RefreshTokenGrant(before))), null, before);
    }

    @Override
    public boolean revoke(Secret refresh) {
        URI endpoint = provider.metadata().getRevocationEndpointURI();
        if (endpoint == null) {
            return false;
        }
        OidcSettings.requireSafe(endpoint.toString(), provider.name());
        int answer = provider.send(
                        new TokenRevocationRequest(endpoint, provider.client(), new RefreshToken(refresh.reveal()))
                                .toHTTPRequest())
                .getStatusCode();
        if (answer != 200) {
            throw provider.refused("it answered HTTP " + answer + " to the revocation");
        }
        return true;
    }

    /** @param before what it is refreshed by as long as the provider sends no other; null: nothing */
    private LoginTokens checked(OIDCTokens tokens, Nonce nonce, RefreshToken before) {
        var claims = provider.validated(tokens.getIDToken(), provider.client(), nonce);
        RefreshToken refresh = tokens.getRefreshToken() == null ? before : tokens.getRefreshToken();
        return new LoginTokens(
                new Secret(tokens.getIDToken().serialize()),
                claims.getExpirationTime().toInstant(),
                refresh == null ? null : new Secret(refresh.getValue()));
    }

    /** What a provider does not know it may refuse. */
    private Scope scope() {
        Scope known = provider.metadata().getScopes();
        return new Scope(SCOPES.stream()
                .filter(scope -> known == null || known.contains(scope))
                .toArray(String[]::new));
    }
}
