package io.imaas.app;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.ImageRef;
import io.imaas.model.tenancy.Keyless;
import io.imaas.port.KeylessSignatures;
import io.imaas.port.Secrets;
import java.util.Optional;

/** Signs what is published as the CI's own identity, where it gives out a token and the platform lists whose signatures count. */
record SignWithoutKey(TenantWorld world) {
    /** The name under which CI systems hand out a token for Sigstore, and under which {@code cosign} looks for it. */
    private static final String TOKEN = "SIGSTORE_ID_TOKEN";

    private static final String KIND = "keyless signature";

    /** Once, however often it is asked; empty where nobody is to sign so. */
    Optional<Effect> sign(ImageRef image) {
        Keyless keyless = world.platform().images().keyless();
        Optional<Secret> token = keyless.signers().isEmpty() ? Optional.empty() : token();
        return token.map(given -> world.signersWithoutKey(image).stream().anyMatch(keyless::counts)
                ? Effect.unchanged(KIND, image.toString())
                : Effect.created(
                        KIND,
                        image.toString(),
                        world.ports()
                                .port(KeylessSignatures.class)
                                .sign(image, given, keyless.trustedRoot())
                                .sentence()));
    }

    /** A CI server that keeps credentials by name fails where there is none of that name. */
    private Optional<Secret> token() {
        try {
            return world.ports().port(Secrets.class).find(TOKEN);
        } catch (FailureException none) {
            return Optional.empty();
        }
    }
}
