package io.imaas.cli;

import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.report.ReleaseLinks;
import io.imaas.report.ReleaseLinks.What;
import io.imaas.report.Terminal;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas open}: where a release can be looked at. */
@Command(
        name = "open",
        description = {
            "Print the links to the release that runs in an environment.",
            "With --what on a terminal, a browser opens that link."
        })
public final class OpenCommand extends CliCommand {
    private static final int LOOK_BACK = 100;

    @Mixin
    private final GitOpsOptions gitops = new GitOpsOptions();

    @Mixin
    private final ServiceArguments place = new ServiceArguments();

    @Option(
            names = "--what",
            paramLabel = "page|run|argocd|commit|image",
            description = "only this link: page: the release's page of 'imaas serve'; run: the build that brought the "
                    + "release; argocd: its application; commit: its sources; image: its reference, which no "
                    + "browser opens (default: all)")
    private What what;

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "",
            description = "the address of 'imaas serve' ($IMAAS_SERVER)")
    private String server;

    @Option(
            names = "--argocd",
            paramLabel = "URL",
            defaultValue = "",
            description = "the Argo CD server ($IMAAS_ARGOCD)")
    private String argocd;

    @Option(names = "--no-browser", description = "only print the link, even on a terminal")
    private boolean quiet;

    @Override
    protected int run() {
        try (Session session =
                Session.reading(gitops, assembly -> {}, place.named().toArray(ServiceName[]::new))) {
            Map<What, String> known = addresses(session, place.service(session), place.environment());
            if (what == null) {
                known.forEach((one, address) -> out().printf("%-7s %s%n", word(one), address));
            } else {
                String address = required(known);
                out().println(address);
                browse(address);
            }
            return 0;
        }
    }

    private Map<What, String> addresses(Session session, ServiceName service, EnvironmentName environment) {
        var changes = session.imaas().overview(session.tenant()).audit(service, environment, null, LOOK_BACK);
        Map<What, String> known = ReleaseLinks.of(session.tenant(), service, environment, changes, server, argocd);
        if (known.isEmpty()) {
            throw FailureException.input(service + " has no release in " + environment, "imaas status " + service);
        }
        return known;
    }

    private String required(Map<What, String> known) {
        if (known.containsKey(what)) {
            return known.get(what);
        }
        throw FailureException.input(
                "the address of its " + word(what) + " is not known",
                "--what " + word(what),
                switch (what) {
                    case PAGE -> "give --server URL, or export IMAAS_SERVER=URL";
                    case ARGOCD -> "give --argocd URL, or export IMAAS_ARGOCD=URL";
                    case RUN -> "only releases of a CI server name their run; see 'imaas history'";
                    case COMMIT, IMAGE -> "see 'imaas history'";
                });
    }

    private static String word(What one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    /** Where there is none the printed address is all there is to have. */
    private void browse(String address) {
        if (quiet
                || !ReleaseLinks.isAddress(address)
                || !Terminal.of(System.getenv()).live()) {
            return;
        }
        new Browser(System.getenv()).open(address);
    }
}
