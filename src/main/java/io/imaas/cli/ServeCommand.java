package io.imaas.cli;

import io.imaas.app.HealthWatch;
import io.imaas.app.Imaas;
import io.imaas.app.Ports;
import io.imaas.app.assembly.Assembly;
import io.imaas.app.hub.CatalogKeeper;
import io.imaas.app.hub.Hub;
import io.imaas.app.hub.Retention;
import io.imaas.app.platform.CatalogCache;
import io.imaas.app.platform.LivePlatform;
import io.imaas.app.reaction.Reaction;
import io.imaas.app.reaction.Reactions;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.cli.settings.Settings;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Secret;
import io.imaas.port.EventLog;
import io.imaas.server.Server;
import io.imaas.server.ServerSettings;
import io.imaas.server.hook.Hook;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaas serve}: the orchestrator as a server. */
@Command(
        name = "serve",
        description = "Take web hooks and serve the API and the pages of a whole platform, until it is stopped.")
public final class ServeCommand implements Callable<Integer> {
    private static final Duration REFRESH = Duration.ofMinutes(1);
    private static final int SHORT = 16;
    private static final String BETTER = "export IMAAS_WEBHOOK_SECRET=$(openssl rand -hex 32)";

    @Mixin
    private final PlatformOptions platform = new PlatformOptions();

    @Mixin
    private final CommitOptions commits = new CommitOptions();

    @Mixin
    private final TargetOptions target = new TargetOptions();

    @Option(
            names = "--react",
            arity = "0..1",
            split = ",",
            paramLabel = "KIND",
            fallbackValue = "review,promotion,onboarding,health",
            description = {
                "do by itself what Jenkins' jobs would do: review, promotion, onboarding, health",
                "(without KIND: all of them; default: none, events are only kept)"
            })
    private Set<Reaction> reactions = Set.of();

    @Option(
            names = "--look",
            paramLabel = "TIME",
            defaultValue = "15m",
            converter = DurationConverter.class,
            description = "how often --react looks at everything though no hook told of it (default: ${DEFAULT-VALUE})")
    private Duration look;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "imaas-data",
            description = "folder for the log of events (default: ./${DEFAULT-VALUE}); everything else is in Git")
    private Path data;

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
            description = "the port to listen on; 0: any that is free (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--webhook-secret",
            paramLabel = "TEXT",
            defaultValue = "${env:IMAAS_WEBHOOK_SECRET:-}",
            converter = SecretConverter.class,
            description = "what senders of web hooks know; prefer $IMAAS_WEBHOOK_SECRET: arguments are visible")
    private Secret secret;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "20000",
            description = "deliveries that one address may send to one hook in a second (default: ${DEFAULT-VALUE})")
    private int rate;

    @Option(
            names = "--keep",
            paramLabel = "TIME",
            defaultValue = "30d",
            converter = DurationConverter.class,
            description = "how long events are kept, such as 12h or 30d (default: ${DEFAULT-VALUE})")
    private Duration keep;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        requireSecret();
        requirePlatform();
        PrintWriter out = spec.commandLine().getOut();
        try (Stop stop = new Stop();
                Assembly assembly = platform.assembly(Settings.of(spec))) {
            platform.addTo(assembly, commits);
            assembly.registry().charts();
            target.addTo(assembly, line -> spec.commandLine().getErr().println(line));
            Ports ports = assembly.ports().build();
            CatalogCache catalog = new CatalogCache(() -> PlatformSource.read(platform.platform(), ports::git));
            look(catalog);
            EventLog log = assembly.events(data);
            RepositoryUrl metadata = RepositoryOption.url(platform.platform());
            try (Retention unused = new Retention(log, assembly.clock(), keep);
                    LivePlatform<HealthWatch> live = new LivePlatform<>(
                            catalog,
                            (now, tenant) -> Imaas.on(ports, now).watch(tenant, HealthWatch.GRACE),
                            e -> tell("a connection could not be closed: " + e));
                    Reactions reacting = new Reactions(
                            log,
                            live,
                            now -> Imaas.on(ports, now).waiting(target.timeout()),
                            assembly.clock(),
                            metadata,
                            possible(ports),
                            failure -> tell(failure.failure().sentence()));
                    CatalogKeeper keeper =
                            new CatalogKeeper(catalog, metadata, REFRESH, this::unread);
                    Server server = Server.start(
                            new ServerSettings(address, port, secret, rate), new Hub(log, keeper), assembly.clock())) {
                reacting.start(look);
                introduce(out, server, possible(ports));
                stop.await();
                out.println("Stopping: what was accepted is kept.");
            }
        }
        return 0;
    }

    /** What is wrong in the platform's files ends the command; a Git server that is down does not. */
    private void look(CatalogCache catalog) {
        try {
            catalog.refresh();
        } catch (FailureException e) {
            if (e.failure().kind() != FailureKind.EXTERNAL) {
                throw e;
            }
            unread(e);
        }
    }

    /** Those that were asked for and that what is configured can carry out. */
    private Set<Reaction> possible(Ports ports) {
        return reactions.stream()
                .filter(one -> switch (one) {
                    case ONBOARDING -> ports.hasCluster();
                    case HEALTH -> ports.followsRollouts();
                    default -> true;
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void unread(FailureException failure) {
        tell("The platform repository could not be read; again in a minute: "
                + failure.failure().sentence());
    }

    private void tell(String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(sentence);
        err.flush();
    }

    private void introduce(PrintWriter out, Server server, Set<Reaction> possible) {
        out.println("Listening on " + server.address());
        out.println("Configure these web hooks, each with the secret of $IMAAS_WEBHOOK_SECRET:");
        Hook.ALL.forEach((kind, hook) -> {
            out.println("  " + server.address() + "/hooks/" + kind);
            out.println("    " + hook.configuration());
        });
        Set<Reaction> impossible = new TreeSet<>(reactions);
        impossible.removeAll(possible);
        out.println("Does by itself: " + (possible.isEmpty() ? "nothing (--react)" : words(possible))
                + (impossible.isEmpty() ? "" : "; not without --kubernetes or --argocd: " + words(impossible)));
        out.println("Events: " + server.address() + "/api/v1/events");
        out.println("Health: " + server.address() + "/healthz, /readyz, /metrics");
        out.flush();
    }

    private static String words(Set<Reaction> reactions) {
        return reactions.stream().map(Reaction::word).collect(Collectors.joining(", "));
    }

    private void requireSecret() {
        if (secret == null) {
            throw FailureException.input("there is no secret for web hooks", "$IMAAS_WEBHOOK_SECRET", BETTER);
        }
        if (secret.reveal().length() < SHORT) {
            spec.commandLine().getErr().println("warning: the web hooks' secret can be guessed; try: " + BETTER);
        }
    }

    private void requirePlatform() {
        if (!platform.given()) {
            throw FailureException.input(
                    "nothing says which platform is served", "", "imaas serve --platform URL_OR_FOLDER");
        }
    }
}
