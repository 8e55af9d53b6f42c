package io.imaas.cli;

import io.imaas.app.assembly.Assembly;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.report.Json;
import io.imaas.report.Matrix;
import io.imaas.report.MatrixHtml;
import io.imaas.report.MatrixText;
import io.imaas.report.Terminal;
import io.imaas.report.Yaml;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code imaas status}: what runs where, and what scans say of it. */
@Command(
        name = "status",
        description = {
            "Show each service in each environment: version, digest, health, age, how many releases "
                    + "behind, and holds. Only Git is read, and the registry where the platform asks for scans.",
            "Failing services come first, then those on hold, then those in a freeze."
        })
public final class StatusCommand extends CliCommand {
    /** How the answer looks. */
    enum Format {
        TEXT,
        WIDE,
        JSON,
        YAML,
        NAME
    }

    @Parameters(arity = "0..1", paramLabel = "SERVICE", description = "only this service (default: all)")
    private String service;

    @Mixin
    private final GitOpsOptions gitops = new GitOpsOptions();

    @Option(
            names = {"-o", "--format"},
            paramLabel = "text|wide|json|yaml|name",
            defaultValue = "text",
            description = "text for people (default); wide: a line with all details for each service in each "
                    + "environment; json and yaml for programs; name: only the services' names")
    private Format format = Format.TEXT;

    @Option(
            names = "--watch",
            arity = "0..1",
            fallbackValue = "5s",
            paramLabel = "TIME",
            description = "refresh after each TIME (without TIME: 5s), until it is interrupted")
    private Duration watch;

    @Mixin
    private final ReportOption report = new ReportOption();

    @Override
    protected int run() throws InterruptedException {
        Optional<ServiceName> named = ServiceArguments.optional(service);
        try (Session session = Session.open(
                gitops, new CommitOptions(), this::reading, named.stream().toList())) {
            tellVanished(session);
            String shown = "";
            while (true) {
                Instant now = session.imaas().ports().clock().now();
                Matrix matrix = session.imaas()
                        .overview(session.tenant())
                        .statusWithLag(named)
                        .noting(session.imaas().overview(session.tenant()).weaknesses(named));
                if (report.wanted()) {
                    report.write(
                            "Status of " + session.tenant().name(),
                            now.truncatedTo(ChronoUnit.SECONDS).toString(),
                            MatrixHtml.fragment(matrix));
                }
                shown = show(text(matrix, now), shown);
                if (watch == null) {
                    return 0;
                }
                TimeUnit.MILLISECONDS.sleep(watch.toMillis());
            }
        }
    }

    private void reading(Assembly assembly) {
        if (gitops.platform().given()) {
            assembly.charts();
            assembly.registry();
        }
    }

    /** Beside the answer, which programs may read. A tenant that is not there any more has no answer. */
    private void tellVanished(Session session) {
        Optional<TenantName> named = gitops.tenant();
        TenantName name = named.filter(
                        one -> session.imaas().catalog().tenant(one).isEmpty())
                .orElseGet(() -> session.tenant().name());
        session.vanished(name).forEach(problem -> err().println(problem.sentence()));
        err().flush();
    }

    private String text(Matrix matrix, Instant now) {
        return switch (format) {
            case TEXT -> MatrixText.of(matrix, now, Terminal.of(System.getenv()));
            case WIDE -> MatrixText.wide(matrix, now);
            case JSON -> Json.pretty(matrix) + "\n";
            case YAML -> Yaml.pretty(matrix);
            case NAME -> MatrixText.names(matrix);
        };
    }

    /** In the place of what was shown before on a terminal; elsewhere only what is another text than before. */
    private String show(String text, String before) {
        Terminal terminal = Terminal.of(System.getenv());
        boolean live = watch != null && terminal.live();
        if (live || !text.equals(before)) {
            if (live) {
                terminal.command(out(), "\u001b[H\u001b[2J");
            }
            out().print((live || before.isEmpty() ? "" : "\n") + text);
            out().flush();
        }
        return text;
    }
}
