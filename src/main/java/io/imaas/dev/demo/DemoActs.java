package io.imaas.dev.demo;

import io.imaas.app.Imaas;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.BuildOptions;
import io.imaas.model.request.EvidenceRequest;
import io.imaas.model.request.PlanRequest.ApproveRequest;
import io.imaas.model.request.PlanRequest.DeliverRequest;
import io.imaas.model.request.PlanRequest.PromoteRequest;
import io.imaas.model.request.PlanRequest.RollbackRequest;
import io.imaas.model.request.SourceChange;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.SourceHead;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.port.GitRepository;
import io.imaas.report.ProgressSink;
import io.imaas.report.RunReport;
import java.util.List;

/** What the people of the story do: deliver, approve, promote, hurry, roll back. */
public record DemoActs(DemoWorld world, ProgressSink progress) {
    private static final Actor DORA = Actor.unverified("@dora");
    private static final Actor RITA = Actor.unverified("@rita");
    private static final Actor HARRY = Actor.unverified("@harry");

    public List<RunReport> deliver(Service service) {
        GitRepository repository = world.git(service.name().value());
        CommitId commit = repository.head(DemoWorld.MAIN).orElseThrow();
        world.workspaces().checkout(service.name(), repository, commit);
        String builder = service.name().equals(DemoStory.API) ? world.builder() : "auto";
        BuildOptions none = BuildOptions.none();
        SourceChange change = new SourceChange(
                service.repository(), commit, new SourceHead.Branch(DemoWorld.MAIN), "demo " + commit.abbreviated());
        return List.of(world.run(
                new DeliverRequest(change, new BuildOptions(builder, List.of(), none.timeout(), null)), DORA));
    }

    public List<RunReport> promote(EnvironmentName from, EnvironmentName to, List<ServiceName> services) {
        return List.of(world.run(wanted(from, to, services), RITA));
    }

    public List<RunReport> approveAndPromote(EnvironmentName from, EnvironmentName to, List<ServiceName> services) {
        RunReport approved = world.run(new ApproveRequest(services, from, to, "@acme/release-managers"), RITA);
        return List.of(approved, promote(from, to, services).get(0));
    }

    /** Merges and waits for nothing, then tries the next environment at once: a gate refuses. */
    public List<RunReport> hurry(
            EnvironmentName from, EnvironmentName between, EnvironmentName to, List<ServiceName> services) {
        RunReport merged = world.commitOnly(wanted(from, between, services), HARRY);
        RunReport refused = world.runRefused(wanted(between, to, services), HARRY);
        progress.say("  refused, as it should be: exit code 5 on the command line");
        return List.of(merged, refused);
    }

    public List<RunReport> rollBack(ServiceName service, EnvironmentName environment) {
        return List.of(world.run(new RollbackRequest(service, environment, "", "customers report errors"), RITA));
    }

    /** What an auditor asks for: one that was approved and runs. */
    public String evidence() {
        Imaas imaas = world.imaas();
        return imaas.overview(imaas.tenant(DemoStory.TENANT))
                .evidence(new EvidenceRequest(DemoStory.REPORT, DemoStory.PROD, ""), RITA);
    }

    private static PromoteRequest wanted(EnvironmentName from, EnvironmentName to, List<ServiceName> services) {
        return new PromoteRequest(services, from, to, null, "", false, "");
    }
}
