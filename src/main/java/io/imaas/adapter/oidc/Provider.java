package io.imaas.adapter.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
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
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.model.identity.LoginAttempt;
import io.imaas.port.Clock;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A provider as it describes itself, and how it is spoken to. It is first asked when it is needed, so it may be down before. */
final class Provider {
    static final Duration CALL = Duration.ofSeconds(10);

    /** How long its own description is believed. */
    private static final Duration FRESH = Duration.ofHours(1);

    /** After it gave no description it is left alone for so long. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** By which clocks may differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private static final Duration KEYS = Duration.ofMinutes(5);

    /** Signatures by the provider's own key. Never {@code none}, and never one that the public key or our secret could make. */
    private static final Set<JWSAlgorithm> SIGNATURES = Stream.of(JWSAlgorithm.Family.RSA, JWSAlgorithm.Family.EC)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private final OidcSettings settings;
    private final Clock clock;
    private final ProviderHttp http;
    private Described described;
    private FailureException silent;
    private Instant silentUntil;

    private record Described(OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys, Instant at) {}

    /** @param call how long it may take to answer */
    Provider(OidcSettings settings, Clock clock, Duration call) {
        this.settings = settings;
        this.clock = clock;
        this.http = new ProviderHttp(call);
    }

    String name() {
        return URI.create(settings.issuer()).getHost();
    }

    OIDCProviderMetadata metadata() {
        return described().metadata();
    }

    ClientID client() {
        return new ClientID(settings.client());
    }

    /** Where a browser goes to log in. */
    URI authorization(Scope scope, LoginAttempt attempt, URI callback) {
        return new AuthenticationRequest.Builder(ResponseType.CODE, scope, client(), callback)
                .endpointURI(metadata().getAuthorizationEndpointURI())
                .state(new State(attempt.state()))
                .nonce(new Nonce(attempt.nonce()))
                .codeChallenge(verifier(attempt), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /** What the code stands for that a browser came back with. */
    OIDCTokens tokens(LoginAttempt attempt, URI callback, URI returned) {
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
            return tokens(exchange(new AuthorizationCodeGrant(
                    response.toSuccessResponse().getAuthorizationCode(), callback, verifier(attempt))));
        } catch (ParseException e) {
            throw malformed(e);
        }
    }

    /** Of an answer that may be a refusal. */
    OIDCTokens tokens(TokenResponse answer) {
        if (!answer.indicatesSuccess()) {
            throw refused("it gave no token: "
                    + answer.toErrorResponse().getErrorObject().getCode());
        }
        OIDCTokens tokens = ((OIDCTokenResponse) answer.toSuccessResponse()).getOIDCTokens();
        if (tokens.getIDToken() == null) {
            throw refused("it sent no ID token");
        }
        return tokens;
    }

    TokenResponse exchange(AuthorizationGrant grant) {
        URI endpoint = metadata().getTokenEndpointURI();
        TokenRequest request = settings.secret()
                .map(secret -> new TokenRequest.Builder(
                        endpoint, new ClientSecretBasic(client(), new Secret(secret.reveal())), grant))
                .orElseGet(() -> new TokenRequest.Builder(endpoint, client(), grant))
                .build();
        try {
            return OIDCTokenResponseParser.parse(send(request.toHTTPRequest()));
        } catch (ParseException e) {
            throw malformed(e);
        }
    }

    HTTPResponse send(HTTPRequest request) {
        try {
            return request.send(http);
        } catch (IOException e) {
            throw down(e);
        }
    }

    /** Those that it signs with now. */
    JWKSet keys() {
        try {
            return JWKSet.parse(
                    http.retrieveResource(metadata().getJWKSetURI().toURL()).getContent());
        } catch (IOException | java.text.ParseException e) {
            throw down(e);
        }
    }

    /**
     * @param client that the token must be made for
     * @param nonce null where the token is for no attempt of a browser
     * @throws FailureException POLICY when it is not this provider's word now
     */
    IDTokenClaimsSet validated(JWT token, ClientID client, Nonce nonce) {
        IDTokenValidator validator = new IDTokenValidator(
                issuer(),
                client,
                new JWSVerificationKeySelector<>(SIGNATURES, described().keys()),
                null);
        try {
            IDTokenClaimsSet claims = validator.validate(token, nonce);
            Date begins = claims.getDateClaim("nbf");
            if (begins != null && begins.toInstant().isAfter(clock.now().plus(SKEW))) {
                throw refused("its ID token does not count before " + begins.toInstant());
            }
            return claims;
        } catch (BadJOSEException e) {
            throw refused("its ID token does not count: " + e.getMessage());
        } catch (JOSEException e) {
            throw down(e);
        }
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
            OIDCProviderMetadata metadata =
                    OIDCProviderMetadata.parse(send(new OIDCProviderConfigurationRequest(issuer()).toHTTPRequest())
                            .getBodyAsJSONObject());
            if (!metadata.getIssuer().equals(issuer())) {
                throw refused("its description names another issuer, " + metadata.getIssuer());
            }
            for (URI endpoint : List.of(
                    metadata.getAuthorizationEndpointURI(), metadata.getTokenEndpointURI(), metadata.getJWKSetURI())) {
                OidcSettings.requireSafe(String.valueOf(endpoint), settings.issuer());
            }
            JWKSource<SecurityContext> keys = JWKSourceBuilder.create(
                            metadata.getJWKSetURI().toURL(), http)
                    .cache(KEYS.toMillis(), CALL.toMillis())
                    .refreshAheadCache(false)
                    .build();
            return new Described(metadata, keys, now);
        } catch (MalformedURLException | ParseException e) {
            throw down(e);
        }
    }

    private Issuer issuer() {
        return new Issuer(settings.issuer());
    }

    private static CodeVerifier verifier(LoginAttempt attempt) {
        return new CodeVerifier(attempt.verifier().reveal());
    }

    FailureException malformed(ParseException cause) {
        return refused("its answer is malformed: " + cause.getMessage());
    }

    FailureException refused(String why) {
        return FailureException.policy(
                "the identity provider's answer is not accepted: " + why, name(), "log in again");
    }

    private FailureException down(Exception cause) {
        return FailureException.external(
                "the identity provider can't be reached now: " + Reason.of(cause),
                name(),
                "try again later; people who are logged in stay logged in, and tokens keep working",
                cause);
    }
}
