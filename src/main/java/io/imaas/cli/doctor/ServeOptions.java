package io.imaas.cli.doctor;

import io.imaas.model.identity.Secret;
import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The settings that 'imaas serve' will have, by the same names. */
final class ServeOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "the address of 'imaas serve' for people; with it, --oidc-issuer or --data all settings of the "
                            + "server are checked")
    URI url;

    @Option(names = "--oidc-issuer", paramLabel = "URL", description = "the identity provider of 'imaas serve'")
    String issuer;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the folder of 'imaas serve' for its log of events (default: ./imaas-data)")
    Path data;

    @Option(
            names = "--events",
            paramLabel = "URL",
            defaultValue = "${env:IMAAS_EVENTS:-}",
            description = "the broker of 'imaas serve'; prefer $IMAAS_EVENTS: arguments are visible")
    Secret events;

    @Option(
            names = "--webhook-secret",
            paramLabel = "TEXT",
            defaultValue = "${env:IMAAS_WEBHOOK_SECRET:-}",
            description = "the secret of the senders of web hooks; prefer $IMAAS_WEBHOOK_SECRET: arguments are visible")
    Secret secret;

    Path folder() {
        return data == null ? Path.of("imaas-data") : data;
    }

    /** Whether anything of the server is to be looked at. */
    boolean wanted() {
        return url != null || issuer != null || data != null;
    }
}
