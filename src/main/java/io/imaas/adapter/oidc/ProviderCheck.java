package io.imaas.adapter.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.imaas.port.Clock;
import java.util.List;
import java.util.Optional;

/**
 * What a provider is found to be, before anybody logs in.
 *
 * @param keys how many keys it signs with
 * @param pkce whether it says that codes are bound to whoever asked for them
 * @param device whether machines without a browser can log in
 */
public record ProviderCheck(int keys, boolean pkce, boolean device) {
    /** @throws io.imaas.model.failure.FailureException when it is not reached, or names another issuer */
    public static ProviderCheck of(String issuer, Clock clock) {
        Provider provider = new Provider(
                new OidcSettings(issuer, "imaas", Optional.empty(), "sub", "groups"), clock, Provider.CALL);
        OIDCProviderMetadata metadata = provider.metadata();
        JWKSet keys = provider.keys();
        List<CodeChallengeMethod> methods = metadata.getCodeChallengeMethods();
        return new ProviderCheck(
                keys.getKeys().size(),
                methods == null || methods.contains(CodeChallengeMethod.S256),
                metadata.getDeviceAuthorizationEndpointURI() != null);
    }
}
