package io.imaas.cli;

import io.imaas.app.Imaas;
import io.imaas.app.Overview;
import io.imaas.app.assembly.Assembly;
import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.report.Age;
import io.imaas.report.Html;
import io.imaas.report.Json;
import io.imaas.report.Matrix;
import io.imaas.report.MatrixHtml;
import io.imaas.report.MatrixText;
import io.imaas.report.Terminal;
import io.imaas.report.Yaml;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
            "Failing services come first, then those on hold, then those in a freeze. --tenant orders,billing "
                    + "shows several tenants."
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

    /** Of the first tenant that can't be read. */
    private int exitCode;

    @Override
    protected int run() throws InterruptedException {
        Optional<ServiceName> named = ServiceArguments.optional(service);
        try (Session session = Session.open(
                gitops, new CommitOptions(), this::reading, named.stream().toList())) {
            if (gitops.tenants().size() <= 1) {
                tellVanished(session);
            }
            String shown = "";
            while (true) {
                Instant now = session.imaas().ports().clock().now();
                Map<String, Matrix> tenants = read(session, named);
                if (report.wanted()) {
                    report.write(
                            "Status of " + String.join(", ", tenants.keySet()),
                            Age.minute(now.toString()) + " UTC",
                            page(tenants));
                }
                shown = show(text(tenants, now), shown);
                if (watch == null) {
                    return exitCode;
                }
                TimeUnit.MILLISECONDS.sleep(watch.toMillis());
            }
        }
    }

    /** By tenant's name. Where several are named, one that can't be read is told, and the others are shown. */
    private Map<String, Matrix> read(Session session, Optional<ServiceName> named) {
        if (gitops.tenants().size() <= 1) {
            Tenant one = session.tenant();
            return Map.of(one.name().value(), matrix(session.imaas(), one, named));
        }
        Map<String, Matrix> tenants = new LinkedHashMap<>();
        for (TenantName name : gitops.tenants()) {
            try {
                tenants.put(
                        name.value(), matrix(session.imaas(), session.imaas().tenant(name), named));
            } catch (FailureException e) {
                exitCode = exitCode == 0 ? e.failure().kind().exitCode() : exitCode;
                tell(e.failure());
            }
        }
        return tenants;
    }

    private static Matrix matrix(Imaas imaas, Tenant tenant, Optional<ServiceName> named) {
        Overview overview = imaas.overview(tenant);
        return overview.statusWithLag(named).noting(overview.weaknesses(named));
    }

    private static String page(Map<String, Matrix> tenants) {
        if (tenants.size() == 1) {
            return MatrixHtml.fragment(tenants.values().iterator().next());
        }
        Html html = new Html();
        tenants.forEach((name, matrix) ->
                html.section(name).fragment(MatrixHtml.fragment(matrix)).close("section"));
        return html.toString();
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

    private String text(Map<String, Matrix> tenants, Instant now) {
        boolean one = gitops.tenants().size() <= 1;
        Object whole = one ? tenants.values().iterator().next() : tenants;
        Terminal terminal = Terminal.of(System.getenv());
        return switch (format) {
            case JSON -> Json.pretty(whole) + "\n";
            case YAML -> Yaml.pretty(whole);
            default ->
                tenants.entrySet().stream()
                        .map(tenant -> (one ? "" : terminal.bold("Tenant: " + tenant.getKey()) + "\n")
                                + text(tenant.getValue(), now, terminal))
                        .collect(Collectors.joining("\n"));
        };
    }

    private String text(Matrix matrix, Instant now, Terminal terminal) {
        return switch (format) {
            case WIDE -> MatrixText.wide(matrix, now);
            case NAME -> MatrixText.names(matrix);
            default -> MatrixText.of(matrix, now, terminal);
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
