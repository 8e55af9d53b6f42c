package io.imaas.cli;

import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Actor;
import io.imaas.model.tenancy.Tenant;
import io.imaas.report.InboxItem;
import io.imaas.report.InboxText;
import io.imaas.report.Json;
import io.imaas.report.Terminal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas inbox}: what waits for whom, over all tenants. */
@Command(
        name = "inbox",
        description = {
            "Show what waits for whom and since when, in all tenants of the platform: failing releases, "
                    + "missing approvals,",
            "closed gates, releases that are ready, and holds. Each ends with the next command."
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
            List<InboxItem> items = session.imaas().inbox(tenants(session)).stream()
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

    private boolean concerns(InboxItem item) {
        Actor actor = gitops.platform().actor();
        Set<String> mine = new TreeSet<>(actor.roles());
        mine.add(actor.name());
        return item.whom().stream().anyMatch(who.equals("@me") ? mine::contains : who::equals);
    }
}
