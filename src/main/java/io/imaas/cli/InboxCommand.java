package io.imaas.cli;

import io.imaas.app.Imaas;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Actor;
import io.imaas.model.tenancy.Tenant;
import io.imaas.report.InboxItem;
import io.imaas.report.InboxText;
import io.imaas.report.Json;
import io.imaas.report.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas inbox}: what waits for whom, over all tenants. */
@Command(
        name = "inbox",
        description = {
            "Show what waits for whom and since when, in all tenants of the platform: failing releases, "
                    + "missing approvals,",
            "closed gates, releases that are ready, holds, and exceptions of the platform that end. Each ends with the next "
                    + "command."
        })
public final class InboxCommand extends CliCommand {
    @Mixin
    private final GitOpsOptions gitops = new GitOpsOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Option(
            names = "--as",
            paramLabel = "@me|@USER|@ORG/TEAM",
            description = "only what this person or team can act on; @me: --actor and each --role")
    private String who;

    @Override
    protected int run() {
        if (who != null && !who.startsWith("@")) {
            throw wrong("'" + who + "' is not a person or a team: write @me, @USER or @ORG/TEAM");
        }
        try (Session session = Session.overview(gitops, List.of())) {
            List<InboxItem> items = Stream.concat(
                            session.imaas().inbox(tenants(session)).stream(), ofPlatform(session.imaas()))
                    .filter(item -> who == null || concerns(item))
                    .toList();
            out().print(
                            format.json()
                                    ? Json.pretty(items) + "\n"
                                    : InboxText.of(
                                            items,
                                            session.imaas().ports().clock().now(),
                                            Terminal.of(System.getenv())));
            boolean whole =
                    gitops.namesTenant() || session.imaas().catalog().broken().isEmpty();
            return whole ? 0 : FailureKind.INPUT.exitCode();
        }
    }

    private List<Tenant> tenants(Session session) {
        return gitops.namesTenant()
                ? List.of(session.tenant())
                : session.imaas().catalog().tenants();
    }

    private Stream<InboxItem> ofPlatform(Imaas imaas) {
        String where = gitops.platform().platform();
        String open = where.contains("://")
                ? "git clone " + Pasted.of(where) + " platform && ${EDITOR:-vi} platform/platform.yaml"
                : "${EDITOR:-vi} " + Pasted.of(Path.of(where).resolve("platform.yaml"));
        return gitops.namesTenant()
                ? Stream.of()
                : Imaas.inbox(imaas.catalog().platform(), imaas.ports().clock().now(), open).stream();
    }

    private boolean concerns(InboxItem item) {
        Actor actor = gitops.actor();
        Set<String> mine = new TreeSet<>(actor.roles());
        mine.add(actor.name());
        return item.whom().stream().anyMatch(who.equals("@me") ? mine::contains : who::equals);
    }
}
