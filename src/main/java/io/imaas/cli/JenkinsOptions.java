package io.imaas.cli;

import io.imaas.adapter.oidc.OidcSettings;
import io.imaas.app.assembly.EventHub;
import io.imaas.cli.help.HelpHeading;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.port.CiServer;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The Jenkins whose jobs start when something is pushed. */
@HelpHeading(HelpHeading.MESSAGES)
final class JenkinsOptions {
    private static final String URL = "--jenkins";

    @Option(
            names = URL,
            paramLabel = "URL",
            description =
                    "tell this Jenkins of every push to a repository of the platform, so that its jobs start at once")
    private String url;

    @Option(
            names = "--jenkins-token",
            paramLabel = "TEXT",
            defaultValue = "${env:IMAAS_JENKINS_TOKEN:-}",
            description = "a notifyCommit access token of its Git plugin; prefer $IMAAS_JENKINS_TOKEN: arguments are "
                    + "visible")
    private Secret token;

    /** @throws FailureException INPUT when the way there is not safe, or nothing says who we are */
    Optional<CiServer> server() {
        if (url == null) {
            return Optional.empty();
        }
        if (token == null) {
            throw FailureException.input(
                    "Jenkins takes notices of pushes only with a token",
                    "$IMAAS_JENKINS_TOKEN",
                    "create one in Manage Jenkins > Security > Git plugin notifyCommit access tokens");
        }
        return Optional.of(EventHub.jenkins(OidcSettings.requireSafe(url, URL), token));
    }
}
