package io.imaas.adapter.oidc;

import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Identity;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Who somebody is by the claims of a token that counts.
 *
 * @param client that the token was made for
 */
record Claims(OidcSettings settings, String client) {
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
