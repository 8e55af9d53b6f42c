package io.imaas.cli;

import io.imaas.app.Imaas;
import io.imaas.model.evidence.EvidenceTrust;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.record.ListedKey;
import io.imaas.model.request.EvidenceRequest;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.report.Age;
import io.imaas.report.EvidenceHtml;
import io.imaas.report.EvidenceReview;
import io.imaas.report.PeriodReport;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code imaas evidence}: who asked, who agreed, what exactly, and is it what runs; as one signed file. */
@Command(
        name = "evidence",
        subcommands = EvidenceVerifyCommand.class,
        description = {
            "Write everything that is known about a release in an environment to one signed file: "
                    + "sources, image, gates, approvals,",
            "manifests, commits and rollout. 'imaas evidence verify FILE' checks it without any server.",
            "With --since: list all changes of a tenant in a period; violations of the separation of "
                    + "duties come first."
        })
public final class EvidenceCommand extends CliCommand {
    @Mixin
    private final GitOpsOptions gitops = new GitOpsOptions();

    @Mixin
    private final ReportOption report = new ReportOption();

    @Mixin
    private final PeriodOptions period = new PeriodOptions();

    /** Checked by hand: {@code evidence verify} and a period need none. */
    @Parameters(
            arity = "0..2",
            paramLabel = "[SERVICE] ENV",
            description = "the service (none: the service of this checkout), and the environment")
    private List<String> place = List.of();

    @Option(names = "--service", paramLabel = "SERVICE", description = "the service, instead of the argument")
    private String service;

    @Option(names = "--env", paramLabel = "ENV", description = "the environment, instead of the argument")
    private String environment;

    @Option(
            names = "--release",
            paramLabel = "VERSION|DIGEST",
            defaultValue = "",
            description = "an earlier release (default: the one on the environment's branch now)")
    private String release = "";

    @Option(
            names = "--output",
            paramLabel = "FILE",
            defaultValue = "evidence.json",
            description = "where to write it (default: ${DEFAULT-VALUE})")
    private Path output;

    @Override
    protected int run() {
        if (environment != null && place.isEmpty()) {
            place = Stream.of(service, environment).filter(Objects::nonNull).toList();
        } else if (service != null || environment != null) {
            throw wrong("name the service and the environment once: [SERVICE] ENV");
        }
        if (period.incomplete() || (period.wanted() && (!place.isEmpty() || !release.isEmpty()))) {
            throw wrong("--since, --until, --csv and --html report a period of the whole tenant, without service,"
                    + " environment and --release");
        }
        if (period.wanted()) {
            try (Session session = Session.reading(gitops, assembly -> {})) {
                return period.report(session, out());
            }
        }
        if (place.isEmpty()) {
            throw wrong("name the environment: [SERVICE] ENV");
        }
        Optional<ServiceName> named = ServiceArguments.optional(place.size() == 2 ? place.get(0) : null)
                .or(() -> gitops.settings().service().map(ServiceName::new));
        try (Session session = Session.reading(
                gitops,
                assembly -> {
                    if (gitops.platform().given()) {
                        assembly.registry();
                    }
                },
                named.stream().toArray(ServiceName[]::new))) {
            EnvironmentName of = new EnvironmentName(place.get(place.size() - 1));
            EvidenceRequest wanted = new EvidenceRequest(named.orElseGet(session::serviceOfCheckout), of, release);
            String file = session.imaas().overview(session.tenant()).evidence(wanted, gitops.actor());
            TextFile.write(output, file);
            EvidenceReview review = Imaas.verify(
                    session.imaas().ports(), file.getBytes(StandardCharsets.UTF_8), believed(session.imaas()));
            if (report.wanted()) {
                report.write(
                        "Evidence of " + wanted.service() + " in " + of,
                        session.tenant().name() + ", "
                                + Age.minute(
                                        session.imaas().ports().clock().now().toString()) + " UTC",
                        EvidenceHtml.fragment(review));
            }
            out().print(review.text());
            out().println("written to " + output + "; check it with: imaas evidence verify " + Pasted.of(output));
            return EvidenceVerifyCommand.exit(review, output);
        }
    }

    /** Whoever looks at it on a machine of their own signs it with a key that no platform lists. */
    private static EvidenceTrust believed(Imaas imaas) {
        SigningKey own = imaas.ports().statements().ownKey();
        List<ListedKey> keys =
                new ArrayList<>(imaas.catalog().platform().trust().orchestrators());
        keys.add(ListedKey.always(own));
        return new EvidenceTrust(
                keys,
                imaas.catalog().platform(),
                "the platform's keys and this machine's own key, which signed the file");
    }

    /** {@code --since}: all changes of a tenant in a period, instead of one release. */
    private static final class PeriodOptions {
        @Option(
                names = "--since",
                paramLabel = "DATE|TIME",
                description = "report all changes of the tenant since this day or in this last period, instead of one "
                        + "release: 2026-10-01, 30d")
        private Instant since;

        @Option(
                names = "--until",
                paramLabel = "DATE|TIME",
                description = "only changes before this time (default: now)")
        private Instant until;

        @Option(names = "--csv", paramLabel = "FILE", description = "with --since: write the report for spreadsheets")
        private Path csv;

        @Option(names = "--html", paramLabel = "FILE", description = "with --since: write the report as a page")
        private Path html;

        boolean wanted() {
            return since != null;
        }

        /** Whether something was given that means nothing without {@code --since}. */
        boolean incomplete() {
            return since == null && (until != null || csv != null || html != null);
        }

        int report(Session session, PrintWriter out) {
            Instant end = until == null ? session.imaas().ports().clock().now() : until;
            if (!since.isBefore(end)) {
                throw FailureException.input(
                        "the period ends before it begins",
                        since + " to " + end.truncatedTo(ChronoUnit.SECONDS),
                        "--since is the first day");
            }
            PeriodReport report = session.imaas().overview(session.tenant()).period(since, end);
            out.print(report.text());
            write(csv, report.csv(), out);
            write(html, report.html(), out);
            out.flush();
            return 0;
        }

        private static void write(Path file, String text, PrintWriter out) {
            if (file == null) {
                return;
            }
            out.println("written to " + TextFile.write(file, text));
        }
    }
}
