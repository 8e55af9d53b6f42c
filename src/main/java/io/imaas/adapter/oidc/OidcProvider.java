package io.imaas.adapter.oidc;

import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Identity;
import io.imaas.model.identity.LoginAttempt;
import io.imaas.model.identity.Secret;
import io.imaas.port.Clock;
import io.imaas.port.IdentityProvider;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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

    /**
     * Who somebody is by the claims of a token that counts.
     *
     * @param client that the token was made for
     */
    private record Claims(OidcSettings settings, String client) {
        private static final int MOST = 1_000;
        private static final String EMAIL = "email";

        /** No slash: a person must not be called as a team is. ASCII: no two names that look the same. */
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+@-]{0,199}");

        Identity identity(IDTokenClaimsSet token) {
            // What is made for several clients would count at the servers of all of them.
            boolean others = token.getAudience().size() != 1
                    || (token.getAuthorizedParty() != null
                            && !token.getAuthorizedParty().getValue().equals(client));
            if (others) {
                throw refused("the token was made for another client", "log in again");
            }
            String name = token.getStringClaim(settings.name());
            if (name == null || !NAME.matcher(name).matches()) {
                throw refused(
                        "the claim '" + settings.name() + "' holds no name of a person",
                        "choose another claim by --oidc-name; a name has letters, digits and ._+@-");
            }
            if (settings.name().equals(EMAIL) && !Boolean.TRUE.equals(token.getBooleanClaim("email_verified"))) {
                throw refused("the provider has not verified the address " + name, "verify it there, and log in again");
            }
            return new Identity(name, groups(token));
        }

        private List<String> groups(IDTokenClaimsSet token) {
            Object claim = token.getClaim(settings.groups());
            List<?> all = claim instanceof List<?> list ? list : claim == null ? List.of() : List.of(claim);
            if (all.size() > MOST) {
                throw refused("it names more than " + MOST + " groups", "let it name only those that matter here");
            }
            return all.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
        }

        private FailureException refused(String what, String fix) {
            return FailureException.policy(what, settings.issuer(), fix);
        }
    }
}
