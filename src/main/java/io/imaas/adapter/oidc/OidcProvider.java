package io.imaas.adapter.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderConfigurationRequest;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Identity;
import io.imaas.model.identity.LoginAttempt;
import io.imaas.port.Clock;
import io.imaas.port.IdentityProvider;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The authorization code flow with PKCE. The provider is first asked when somebody logs in, so it may be down at the start. */
public final class OidcProvider implements IdentityProvider {
    private static final Duration CALL = Duration.ofSeconds(10);
    /** How long its own description is believed. */
    private static final Duration FRESH = Duration.ofHours(1);

    /** After it gave no description it is left alone for so long. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Duration KEYS = Duration.ofMinutes(5);

    /** Signatures by the provider's own key. Never {@code none}, and never one that the public key or our secret could make. */
    private static final Set<JWSAlgorithm> SIGNATURES = Stream.of(JWSAlgorithm.Family.RSA, JWSAlgorithm.Family.EC)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private final OidcSettings settings;
    private final Clock clock;
    private final ProviderHttp http;
    private final Claims claims;
    private Described described;
    private FailureException silent;
    private Instant silentUntil;

    private record Described(OIDCProviderMetadata metadata, IDTokenValidator tokens, Instant at) {}

    public OidcProvider(OidcSettings settings, Clock clock) {
        this(settings, clock, CALL);
    }

    OidcProvider(OidcSettings settings, Clock clock, Duration call) {
        this.settings = settings;
        this.clock = clock;
        this.http = new ProviderHttp(call);
        this.claims = new Claims(settings);
    }

    @Override
    public String name() {
        return URI.create(settings.issuer()).getHost();
    }

    @Override
    public URI address(LoginAttempt attempt, URI callback) {
        return new AuthenticationRequest.Builder(
                        ResponseType.CODE, new Scope("openid", "profile", "email", "groups"), client(), callback)
                .endpointURI(described().metadata().getAuthorizationEndpointURI())
                .state(new State(attempt.state()))
                .nonce(new Nonce(attempt.nonce()))
                .codeChallenge(verifier(attempt), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    @Override
    public Identity identity(LoginAttempt attempt, URI callback, URI returned) {
        Described provider = described();
        try {
            AuthenticationResponse response = AuthenticationResponseParser.parse(returned);
            if (!new State(attempt.state()).equals(response.getState())) {
                throw refused("the answer is not for this browser's attempt");
            }
            // RFC 9207: another provider's code must not be taken to this one.
            if (response.getIssuer() != null && !response.getIssuer().equals(issuer())) {
                throw refused("the answer is another provider's");
            }
            if (!response.indicatesSuccess()) {
                throw refused("it answered "
                        + response.toErrorResponse().getErrorObject().getCode());
            }
            JWT token = exchange(
                    provider,
                    new AuthorizationCodeGrant(
                            response.toSuccessResponse().getAuthorizationCode(), callback, verifier(attempt)));
            IDTokenClaimsSet told = provider.tokens().validate(token, new Nonce(attempt.nonce()));
            return claims.identity(told);
        } catch (ParseException e) {
            throw refused("its answer is malformed: " + e.getMessage());
        } catch (BadJOSEException e) {
            throw refused("its ID token does not count: " + e.getMessage());
        } catch (JOSEException | IOException e) {
            throw down(e);
        }
    }

    private JWT exchange(Described provider, AuthorizationCodeGrant grant) throws IOException, ParseException {
        URI endpoint = provider.metadata().getTokenEndpointURI();
        TokenRequest request = settings.secret()
                .map(secret -> new TokenRequest.Builder(
                        endpoint, new ClientSecretBasic(client(), new Secret(secret.reveal())), grant))
                .orElseGet(() -> new TokenRequest.Builder(endpoint, client(), grant))
                .build();
        var answer = OIDCTokenResponseParser.parse(request.toHTTPRequest().send(http));
        if (!answer.indicatesSuccess()) {
            throw refused("it did not take the code: "
                    + answer.toErrorResponse().getErrorObject().getCode());
        }
        JWT token =
                ((OIDCTokenResponse) answer.toSuccessResponse()).getOIDCTokens().getIDToken();
        if (token == null) {
            throw refused("it sent no ID token");
        }
        return token;
    }

    private synchronized Described described() {
        Instant now = clock.now();
        if (silent != null && now.isBefore(silentUntil)) {
            throw silent;
        }
        if (described == null || !now.isBefore(described.at().plus(FRESH))) {
            try {
                described = describe(now);
            } catch (FailureException e) {
                // Whoever waits for their turn meanwhile need not wait as long as this one did.
                silent = e;
                silentUntil = now.plus(PAUSE);
                throw e;
            }
        }
        return described;
    }

    private Described describe(Instant now) {
        try {
            OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(new OIDCProviderConfigurationRequest(issuer())
                    .toHTTPRequest()
                    .send(http)
                    .getBodyAsJSONObject());
            if (!metadata.getIssuer().equals(issuer())) {
                throw refused("its description names another issuer, " + metadata.getIssuer());
            }
            for (URI endpoint : List.of(
                    metadata.getAuthorizationEndpointURI(), metadata.getTokenEndpointURI(), metadata.getJWKSetURI())) {
                OidcSettings.requireSafe(String.valueOf(endpoint), settings.issuer());
            }
            return new Described(metadata, tokens(metadata), now);
        } catch (IOException | ParseException e) {
            throw down(e);
        }
    }

    private IDTokenValidator tokens(OIDCProviderMetadata metadata) throws MalformedURLException {
        JWKSource<SecurityContext> keys = JWKSourceBuilder.create(
                        metadata.getJWKSetURI().toURL(), http)
                .cache(KEYS.toMillis(), CALL.toMillis())
                .refreshAheadCache(false)
                .build();
        return new IDTokenValidator(issuer(), client(), new JWSVerificationKeySelector<>(SIGNATURES, keys), null);
    }

    private Issuer issuer() {
        return new Issuer(settings.issuer());
    }

    private ClientID client() {
        return new ClientID(settings.client());
    }

    private static CodeVerifier verifier(LoginAttempt attempt) {
        return new CodeVerifier(attempt.verifier().reveal());
    }

    private FailureException refused(String why) {
        return FailureException.policy("the identity provider's word does not count: " + why, name(), "log in again");
    }

    private FailureException down(Exception cause) {
        return FailureException.external(
                "the identity provider can't be asked now (" + cause.getClass().getSimpleName() + ")",
                name(),
                "try again later; who is logged in stays so, and tokens count as before",
                cause);
    }
}
