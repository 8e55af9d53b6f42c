package io.imaas.cli;

import io.imaas.app.assembly.Assembly;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.ApproveRequest;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.rollout.Approval.Verdict;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code imaas approve}: a yes to exactly what a promotion would bring now. */
@Command(
        name = "approve",
        description = {
            "Say yes to exactly what a promotion would bring now; any later change of it needs another yes.",
            "--refuse says no, which keeps it away until --withdraw takes your word back."
        })
public final class ApproveCommand extends PlanCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "SERVICE... ENV",
            description = "which services, and the environment that they are to come to; without a service: all")
    private List<String> arguments;

    @Option(
            names = "--as",
            paramLabel = "@ORG/TEAM",
            defaultValue = "",
            description = "the approver that you count as (default: yourself, or the first of your --role that is one)")
    private String approver;

    @Option(names = "--refuse", paramLabel = "REASON", description = "say no, and why")
    private String refusal;

    @Option(names = "--withdraw", description = "take your word back, yes or no")
    private boolean withdrawn;

    @Option(names = "--chart", description = "the environment's chart is meant: see imaas promote --chart")
    private boolean chart;

    @Option(
            names = "--ssh-key",
            paramLabel = "FILE",
            description = {
                "sign what you say with your SSH key, as 'ssh-keygen -Y sign' does: that proves who you are where",
                "platform.yaml lists the key for you under 'people'"
            })
    private Path sshKey;

    @Override
    Actor actor() {
        Actor said = super.actor();
        return sshKey == null ? said : new Actor(said.name(), Actor.Proof.SSH_SIGNATURE, said.roles());
    }

    @Override
    void add(Assembly assembly) {
        if (sshKey != null) {
            assembly.key(gitops().platform().key(gitops().settings()), sshKey);
        }
    }

    @Override
    List<ServiceName> named() {
        return arguments.subList(0, arguments.size() - 1).stream()
                .map(ServiceName::new)
                .toList();
    }

    @Override
    PlanRequest request(Session session) {
        if (refusal != null && (withdrawn || refusal.isBlank())) {
            throw new ParameterException(
                    spec().commandLine(),
                    withdrawn ? "--refuse and --withdraw exclude each other" : "--refuse wants a reason");
        }
        Verdict verdict = refusal != null ? Verdict.NO : withdrawn ? Verdict.WITHDRAWN : Verdict.YES;
        return new ApproveRequest(
                named(),
                null,
                new EnvironmentName(arguments.get(arguments.size() - 1)),
                approver,
                verdict,
                refusal == null ? "" : refusal.strip(),
                chart);
    }
}
