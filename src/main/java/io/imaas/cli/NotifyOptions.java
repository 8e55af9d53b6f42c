package io.imaas.cli;

import io.imaas.app.Announcement;
import io.imaas.app.Audience;
import io.imaas.app.assembly.Adapters;
import io.imaas.app.assembly.Assembly;
import io.imaas.catalog.ServiceFile;
import io.imaas.cli.help.HelpHeading;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.rollout.RunNotice;
import io.imaas.model.tenancy.ServiceSettings.Channel;
import io.imaas.model.tenancy.ServiceSettings.Notification;
import io.imaas.port.Clock;
import io.imaas.port.Notifier;
import io.imaas.report.Ending;
import io.imaas.report.NoticeBuilder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whom to tell how a run ended. That somebody could not be told is a line on standard error, and no failure. */
@HelpHeading(HelpHeading.MESSAGES)
public final class NotifyOptions {
    @Option(
            names = "--notify",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "FILE",
            description = "send the result of the run to the 'notifications' of this imaas.yaml; without FILE: of the "
                    + "imaas.yaml in the services' own repositories")
    private String settings;

    @Option(
            names = "--slack",
            paramLabel = "URL|TOKEN",
            defaultValue = "",
            description = {
                "URL of an incoming webhook of Slack, or a bot's token; prefer $IMAAS_SLACK: arguments are "
                        + "visible.",
                "A webhook named 'orders-hook' has its URL in $IMAAS_WEBHOOK_ORDERS_HOOK; the mail server is "
                        + "in $IMAAS_SMTP"
            })
    private Secret slack;

    @Option(
            names = "--run-url",
            paramLabel = "URL",
            defaultValue = "",
            description = "the page of this run, for the messages (default: $BUILD_URL)")
    private String link;

    @Option(names = "--after-failure", description = "the previous run failed: a success is reported as a recovery")
    private boolean afterFailure;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Whom the file names; it was read before the run, whose end must not depend on it. */
    private List<Notification> named = List.of();

    /** Refuses at once what could not be kept in the end. */
    void check(boolean repositoriesAreKnown) {
        if (settings == null) {
            return;
        }
        if (!settings.isEmpty()) {
            named = fromFile();
        } else if (!repositoriesAreKnown) {
            throw new ParameterException(
                    spec.commandLine(), "--notify needs a file here, or --platform to find the services' repositories");
        }
    }

    /** What the notice of this run needs beside its events. */
    Ending ending(Clock clock) {
        return new Ending(List.of(), "", afterFailure, link, clock.now());
    }

    /** Tells of a run that was executed; of one that was only planned there is nothing to tell. */
    void tell(NoticeBuilder run, Session session, PrintWriter err) throws InterruptedException {
        Optional<RunNotice> notice = settings == null
                ? Optional.empty()
                : run.notice(ending(session.imaas().ports().clock()));
        if (notice.isEmpty()) {
            return;
        }
        if (!settings.isEmpty()) {
            tell(notice.get(), err);
            return;
        }
        Audience.Found found = session.audience().of(session.tenant(), notice.get());
        found.failures().stream().map(Failure::sentence).forEach(line -> err.println("nobody is notified: " + line));
        tell(found.recipients(), notice.get(), err);
    }

    /** Tells those whom the file names. */
    void tell(RunNotice notice, PrintWriter err) throws InterruptedException {
        if (settings != null) {
            tell(Audience.among(named, notice.occasion()).distinct().toList(), notice, err);
        }
    }

    private List<Notification> fromFile() {
        return ServiceFile.read(settings, TextFile.read(Path.of(settings), "check --notify"))
                .orThrow()
                .notifications();
    }

    private void tell(List<Notification> recipients, RunNotice notice, PrintWriter err) throws InterruptedException {
        Clock clock = Assembly.systemClock();
        Notifier notifier = Adapters.notifier(clock, true);
        for (Notification recipient : recipients) {
            Announcement announcement = new Announcement(recipient, notice, notifier, this::address);
            announcement.toItsEnd(clock);
            err.println(announcement.outcome());
        }
        err.flush();
    }

    private Secret address(Notification recipient) {
        if (recipient.channel() == Channel.SLACK && slack != null) {
            return slack;
        }
        String variable =
                switch (recipient.channel()) {
                    case SLACK -> "IMAAS_SLACK";
                    case MAIL -> "IMAAS_SMTP";
                    case TEAMS, WEBHOOK ->
                        "IMAAS_WEBHOOK_"
                                + recipient.to().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
                };
        return Optional.ofNullable(System.getenv(variable))
                .filter(value -> !value.isEmpty())
                .map(Secret::new)
                .orElseThrow(() -> FailureException.input(
                        "the environment variable " + variable + " is empty", "--notify", "export " + variable + "=…"));
    }
}
