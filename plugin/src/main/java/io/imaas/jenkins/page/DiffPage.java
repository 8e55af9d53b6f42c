package io.imaas.jenkins.page;

import hudson.model.Failure;
import io.imaas.jenkins.run.Advice;
import io.imaas.jenkins.run.PlanPanel.ChangedLine;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.model.failure.FailureException;
import io.imaas.model.request.DiffRequest;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.report.ReleaseDiff;
import java.util.List;

/** {@code imaas/tenant/NAME/diff}: what lies between two environments of a service. */
public record DiffPage(String tenant, String service, String heading, List<Part> parts) {
    /** One of the things that can differ. */
    public record Part(String name, List<ChangedLine> lines) {}

    static DiffPage of(Tenant tenant, String service, String from, String to) {
        if (from.equals(to)) {
            throw new Failure("A difference lies between two environments, and both are " + from + ".");
        }
        ReleaseDiff diff;
        try {
            diff = PlatformWorld.get()
                    .engine(tenant)
                    .imaas()
                    .overview(tenant)
                    .diff(new DiffRequest(
                            new ServiceName(service), new EnvironmentName(from), new EnvironmentName(to), null, false));
        } catch (FailureException e) {
            throw new Failure(Advice.inJenkins(e.failure()).sentence());
        }
        return new DiffPage(
                tenant.name().value(),
                service,
                diff.heading(),
                diff.parts().entrySet().stream()
                        .filter(part -> !part.getValue().isEmpty())
                        .map(part -> new Part(
                                part.getKey(),
                                part.getValue().stream().map(ChangedLine::of).toList()))
                        .toList());
    }
}
