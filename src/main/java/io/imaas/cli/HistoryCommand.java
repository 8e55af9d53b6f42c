package io.imaas.cli;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.report.Age;
import io.imaas.report.AuditHtml;
import io.imaas.report.AuditRow;
import io.imaas.report.AuditText;
import io.imaas.report.Json;
import io.imaas.report.Terminal;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code imaas history}: who changed what a service runs, where, when and why, from Git alone. */
@Command(
        name = "history",
        description = {
            "Show who changed a service, in which environment, when and why: releases, promotions, "
                    + "rollbacks, holds,",
            "with reasons, approvals, and what was forced or assumed. The newest comes first. Only Git " + "is read."
        })
public final class HistoryCommand extends CliCommand {
    /** How the answer looks. */
    enum Format {
        TEXT,
        CSV,
        JSON
    }

    @Mixin
    private final GitOpsOptions gitops = new GitOpsOptions();

    @Option(
            names = {"-o", "--format"},
            paramLabel = "text|csv|json",
            defaultValue = "text",
            description = "text for people (default), csv for spreadsheets, json for programs")
    private Format format = Format.TEXT;

    @Mixin
    private final ReportOption report = new ReportOption();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SERVICE",
            description = "the service (default: the service of this checkout)")
    private String service;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ENV", description = "only this environment (default: all)")
    private String environment;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "the most changes to show (default: ${DEFAULT-VALUE})")
    private int limit;

    @Option(
            names = "--since",
            paramLabel = "DATE|TIME",
            description = "only changes since this day or in this last period: 2026-11-01, 12h, 30d")
    private Instant since;

    @Override
    protected int run() {
        if (limit < 1) {
            throw wrong("--limit " + limit + " shows nothing: give 1 or more");
        }
        Optional<ServiceName> named = ServiceArguments.optional(service)
                .or(() -> gitops.settings().service().map(ServiceName::new));
        try (Session session =
                Session.reading(gitops, assembly -> {}, named.stream().toArray(ServiceName[]::new))) {
            ServiceName name = named.orElseGet(session::serviceOfCheckout);
            EnvironmentName place = environment == null ? null : new EnvironmentName(environment);
            var entries = session.imaas().overview(session.tenant()).audit(name, place, since, limit);
            session.keepReleases(
                    name,
                    AuditText.rows(entries).stream().map(AuditRow::version).toList());
            if (report.wanted()) {
                report.write(
                        "History of " + name,
                        session.tenant().name() + ", "
                                + Age.minute(
                                        session.imaas().ports().clock().now().toString()) + " UTC",
                        AuditHtml.fragment(entries));
            }
            out().print(
                            switch (format) {
                                case TEXT -> AuditText.of(entries, Terminal.of(System.getenv()));
                                case CSV -> AuditText.csv(entries);
                                case JSON -> Json.pretty(AuditText.rows(entries)) + "\n";
                            });
            return 0;
        }
    }
}
