package io.imaas.cli;

import io.imaas.app.assembly.Assembly;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.ApproveRequest;
import io.imaas.model.rollout.Approval.Verdict;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code imaas approve}: a yes to exactly what a promotion would bring now. */
@Command(
        name = "approve",
        description = {
            "Approve exactly what a promotion would bring now. Any later change needs a new approval.",
            "With --refuse nothing can be promoted until you take the refusal back with --withdraw."
        })
public final class ApproveCommand extends PlanCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "SERVICE... ENV",
            description = "the services, and the environment that they would be promoted to; without a service: all")
    private List<String> arguments;

    @Option(
            names = "--as",
            paramLabel = "@ORG/TEAM",
            defaultValue = "",
            description = "approve as this team (default: yourself, or the first --role that is an approver)")
    private String approver;

    @Option(names = "--refuse", paramLabel = "REASON", description = "refuse, with the reason")
    private String refusal;

    @Option(names = "--withdraw", description = "take back your approval or refusal")
    private boolean withdrawn;

    @Option(names = "--chart", description = "approve the environment's chart: see imaas promote --chart")
    private boolean chart;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = "in a service's first environment: approve the release of this image, by REPO@sha256:… or "
                    + "REPO:TAG")
    private String image;

    @Option(
            names = "--version",
            paramLabel = "VERSION",
            defaultValue = "",
            description = "the image's version (default: the image's label)")
    private String version;

    @Option(
            names = "--confirm-override",
            description = "confirm, as a second person, an override by somebody else; for the platform's overriders "
                    + "and the environment's approvers, with a proven name")
    private boolean confirmed;

    @Mixin
    private final SignatureOption signature = new SignatureOption();

    @Override
    Actor actor() {
        return signature.of(super.actor());
    }

    @Override
    String image() {
        return image;
    }

    @Override
    void add(Assembly assembly) {
        signature.add(assembly, gitops());
    }

    @Override
    List<ServiceName> named() {
        return arguments.subList(0, arguments.size() - 1).stream()
                .map(ServiceName::new)
                .toList();
    }

    @Override
    PlanRequest request(Session session) {
        if (confirmed && (refusal != null || withdrawn || chart)) {
            throw wrong("--confirm-override goes with no --refuse, --withdraw or --chart");
        }
        if (refusal != null && (withdrawn || refusal.isBlank())) {
            throw wrong(withdrawn ? "--refuse and --withdraw exclude each other" : "--refuse wants a reason");
        }
        Verdict verdict = confirmed
                ? Verdict.CONFIRMED
                : refusal != null ? Verdict.NO : withdrawn ? Verdict.WITHDRAWN : Verdict.YES;
        return new ApproveRequest(
                named(),
                null,
                new EnvironmentName(arguments.get(arguments.size() - 1)),
                approver,
                verdict,
                refusal == null ? "" : refusal.strip(),
                namedImage(session),
                version,
                chart);
    }
}
