package io.imaas.cli;

import io.imaas.adapter.oidc.OidcSettings;
import io.imaas.app.Ports;
import io.imaas.app.assembly.Assembly;
import io.imaas.app.assembly.EventHub;
import io.imaas.app.platform.CatalogCache;
import io.imaas.app.reaction.Reaction;
import io.imaas.catalog.KnownFiles;
import io.imaas.cli.help.HelpHeading;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Secret;
import io.imaas.port.CiServer;
import io.imaas.server.ServerSettings;
import io.imaas.server.Telemetry;
import io.imaas.server.hook.Hooks;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas serve}: the orchestrator as a server. */
@Command(
        name = "serve",
        description = "Receive web hooks, and serve the API and the pages of a whole platform, until it is stopped.")
public final class ServeCommand extends CliCommand {
    /** Characters; a shorter secret can be guessed. */
    public static final int SHORT_SECRET = 16;
    /** What makes a good secret. */
    public static final String NEW_SECRET = "export IMAAS_WEBHOOK_SECRET=$(openssl rand -hex 32)";

    @Mixin
    private final PlatformOptions platform = new PlatformOptions();

    @Mixin
    private final CommitOptions commits = new CommitOptions();

    @Mixin
    private final TargetOptions target = new TargetOptions();

    @Mixin
    private final LoginOptions login = new LoginOptions();

    @Mixin
    private final JenkinsOptions jenkins = new JenkinsOptions();

    @Option(
            names = "--react",
            arity = "0..1",
            split = ",",
            paramLabel = "KIND",
            fallbackValue = "release,review,promotion,onboarding,health,preview,audit",
            description = "do what Jenkins' jobs would do: release, review, promotion, onboarding, health, preview, "
                    + "audit (without KIND: all of them; default: none, events are only stored)")
    private Set<Reaction> reactions = Set.of();

    @Option(
            names = "--look",
            paramLabel = "TIME",
            defaultValue = "15m",
            description = "how often --react checks everything, even without an event (default: ${DEFAULT-VALUE})")
    private Duration look;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "imaas-data",
            description = "folder for the log of events (default: ./${DEFAULT-VALUE}); everything else is in Git")
    private Path data;

    @Option(
            names = "--events",
            paramLabel = "URL",
            defaultValue = "${env:IMAAS_EVENTS:-}",
            description = {
                "store events in this RabbitMQ and share the work with all servers that use it, such as",
                "amqps://imaas:PASSWORD@rabbit.example/; prefer $IMAAS_EVENTS: arguments are visible"
            })
    private Secret events;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "the address to listen on (default: ${DEFAULT-VALUE})")
    private String address;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "the port to listen on; 0: any free port (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--webhook-secret",
            paramLabel = "TEXT",
            defaultValue = "${env:IMAAS_WEBHOOK_SECRET:-}",
            description = "the secret of the senders of web hooks; prefer $IMAAS_WEBHOOK_SECRET: arguments are visible")
    private Secret secret;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "20000",
            description = "how many deliveries per second one address may send to one hook (default: ${DEFAULT-VALUE})")
    private int rate;

    @Option(
            names = "--keep-events",
            paramLabel = "TIME",
            defaultValue = "30d",
            description = "how long to keep events, such as 12h or 30d (default: ${DEFAULT-VALUE})")
    private Duration keep;

    @Option(
            names = "--log",
            paramLabel = "text|json",
            defaultValue = "text",
            description =
                    "how to write to standard error: sentences, or one JSON object a line, with every event that is "
                            + "kept and its trace (default: ${DEFAULT-VALUE})")
    private LogForm form;

    private enum LogForm {
        TEXT,
        JSON
    }

    private ServerLog said;

    @Override
    protected int run() throws InterruptedException {
        port(port);
        said = new ServerLog(err(), form == LogForm.JSON, settings().clock());
        requireSecret();
        requirePlatform();
        Telemetry telemetry = new Telemetry();
        try (Stop stop = new Stop();
                Assembly assembly = whole(platform.assembly(settings()).measuring(telemetry), said::tell);
                Assembly previewing = whole(platform.assembly(settings()).previewing(), told -> {})) {
            Ports ports = assembly.ports().build();
            KnownFiles known = new KnownFiles();
            CatalogCache catalog = new CatalogCache(
                    () -> PlatformSource.served(platform.platform(), ports::git, known),
                    broken -> said.tell(broken.sentence()));
            look(catalog);
            Serving.Wanted wanted = new Serving.Wanted(
                    RepositoryOption.url(platform.platform()),
                    data,
                    events,
                    new ServerSettings(
                            address, port, login.url(), secret, rate, login.accounts(said::tell), login.provider()),
                    reactions,
                    look,
                    keep,
                    target.timeout(),
                    jenkins.server());
            try (Serving serving = new Serving(assembly, previewing, catalog, wanted, telemetry, said)) {
                introduce(out(), serving);
                stop.await();
                out().println("Stopping: what was accepted is kept.");
            }
        }
        return 0;
    }

    private Assembly whole(Assembly assembly, Consumer<String> told) {
        platform.addTo(assembly, commits);
        assembly.registry().charts();
        target.addTo(assembly, told);
        return assembly;
    }

    /** What is wrong in the platform's files ends the command; a Git server that is down does not. */
    private void look(CatalogCache catalog) {
        try {
            catalog.refresh();
        } catch (FailureException e) {
            if (e.failure().kind() != FailureKind.EXTERNAL) {
                throw e;
            }
            said.tell("The platform repository could not be read; again in a minute: "
                    + e.failure().sentence());
        }
    }

    private void introduce(PrintWriter out, Serving serving) {
        out.println("Listening on " + serving.address());
        out.println("Configure these web hooks, each with the secret of $IMAAS_WEBHOOK_SECRET:");
        Hooks.all().forEach((kind, hook) -> {
            out.println("  " + serving.address() + "/hooks/" + kind);
            out.println("    " + hook.configuration());
        });
        Set<Reaction> impossible = new TreeSet<>(reactions);
        impossible.removeAll(serving.reactions());
        out.println("Does by itself: "
                + (serving.reactions().isEmpty() ? "nothing (--react)" : Serving.words(serving.reactions()))
                + (impossible.isEmpty() ? "" : "; not without --kubernetes or --argocd: " + Serving.words(impossible)));
        out.println("Pages: " + serving.address() + "/");
        out.println("Events: " + serving.address() + "/api/v1/events");
        out.println("Health: " + serving.address() + "/healthz, /readyz, /metrics");
        out.flush();
    }

    private void requireSecret() {
        if (secret == null) {
            throw FailureException.input("there is no secret for web hooks", "$IMAAS_WEBHOOK_SECRET", NEW_SECRET);
        }
        if (secret.reveal().length() < SHORT_SECRET) {
            said.tell("warning: the web hooks' secret can be guessed; try: " + NEW_SECRET);
        }
    }

    private void requirePlatform() {
        if (!platform.given()) {
            throw FailureException.input(
                    "nothing says which platform is served", "imaas serve --platform URL_OR_FOLDER");
        }
    }

    /** The Jenkins whose jobs start when something is pushed. */
    @HelpHeading(HelpHeading.MESSAGES)
    private static final class JenkinsOptions {
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
                description =
                        "a notifyCommit access token of its Git plugin; prefer $IMAAS_JENKINS_TOKEN: arguments are "
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
}
