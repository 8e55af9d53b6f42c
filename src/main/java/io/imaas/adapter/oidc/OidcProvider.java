package io.imaas.adapter.oidc;

import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.Nonce;
import io.imaas.model.identity.Identity;
import io.imaas.model.identity.LoginAttempt;
import io.imaas.model.identity.Secret;
import io.imaas.port.Clock;
import io.imaas.port.IdentityProvider;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The authorization code flow with PKCE, and the ID tokens that command lines got by it. */
public final class OidcProvider implements IdentityProvider {
    private final OidcSettings settings;
    private final Provider provider;

    public OidcProvider(OidcSettings settings, Clock clock) {
        this(settings, clock, Provider.CALL);
    }

    OidcProvider(OidcSettings settings, Clock clock, Duration call) {
        this.settings = settings;
        this.provider = new Provider(settings, clock, call);
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public Optional<Client> commandLine() {
        return settings.commandLine().map(client -> new Client(settings.issuer(), client));
    }

    @Override
    public URI address(LoginAttempt attempt, URI callback) {
        return provider.authorization(new Scope("openid", "profile", "email", "groups"), attempt, callback);
    }

    @Override
    public Identity identity(LoginAttempt attempt, URI callback, URI returned) {
        return new Claims(settings, settings.client())
                .identity(provider.validated(
                        provider.tokens(attempt, callback, returned).getIDToken(),
                        provider.client(),
                        new Nonce(attempt.nonce())));
    }

    @Override
    public Identity identity(Secret token) {
        String client = settings.commandLine().orElseThrow(() -> provider.refused("no command line logs in there"));
        try {
            return new Claims(settings, client)
                    .identity(provider.validated(JWTParser.parse(token.reveal()), new ClientID(client), null));
        } catch (java.text.ParseException e) {
            throw provider.refused("this is not a token");
        }
    }
}
