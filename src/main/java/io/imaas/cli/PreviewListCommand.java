package io.imaas.cli;

import io.imaas.report.Json;
import io.imaas.report.StandingPreview;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code imaas preview list}: what stands, and how long. */
@Command(name = "list", description = "The tenant's previews, until when they stay, and which of them are over.")
public final class PreviewListCommand extends CliCommand {
    @Mixin
    private final GitOpsOptions gitops = new GitOpsOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    protected int run() {
        try (Session session = Session.reading(gitops, assembly -> {})) {
            List<StandingPreview> all = session.imaas().previews(session.tenant());
            out().print(format.json() ? Json.pretty(all) + "\n" : StandingPreview.text(all));
            return 0;
        }
    }
}
