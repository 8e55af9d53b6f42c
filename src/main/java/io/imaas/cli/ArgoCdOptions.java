package io.imaas.cli;

import io.imaas.adapter.argocd.api.ServerSettings;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.port.Secrets;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which Argo CD, for commands whose {@code --token-env} is that of the GitOps repository. */
public final class ArgoCdOptions {
    @Option(names = "--server", required = true, paramLabel = "URL", description = "the Argo CD server")
    private URI server;

    @Option(
            names = "--server-token-env",
            paramLabel = "VAR",
            defaultValue = "ARGOCD_TOKEN",
            description = "environment variable with a token that may get the applications (default: ${DEFAULT-VALUE})")
    private String tokenVariable;

    @Option(
            names = "--server-ca",
            paramLabel = "FILE",
            description = "PEM of the authorities to trust instead of the usual")
    private Path authorities;

    ServerSettings settings(Secrets secrets) {
        return settings(server, secrets, tokenVariable, "--server-token-env", PemFile.text(authorities, "--server-ca"));
    }

    /** @param option that names the variable, for people */
    static ServerSettings settings(
            URI server, Secrets secrets, String tokenVariable, String option, String certificates) {
        Secret token = secrets.find(tokenVariable)
                .orElseThrow(() -> FailureException.input(
                        "the environment variable " + tokenVariable + " is empty", option, "put the token there"));
        return new ServerSettings(server, token, Map.of(), certificates);
    }
}
