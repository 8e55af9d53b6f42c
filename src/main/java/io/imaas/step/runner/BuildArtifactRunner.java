package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.MiProject;
import io.imaas.plan.step.BuildArtifact;
import io.imaas.port.CarBuilder;
import io.imaas.port.MiProjects;
import io.imaas.port.Workspaces;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.run.StepRunner;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Makes the CAR of the one MI project in a folder. */
public record BuildArtifactRunner(MiProjects projects, CarBuilder builder, Workspaces workspaces)
        implements StepRunner<BuildArtifact> {
    @Override
    public Outcome run(BuildArtifact step, StepContext context) {
        Workspaces.Workspace workspace = workspaces.of(step.service());
        Path folder = workspace.sources().resolve(step.path());
        List<MiProject> found = projects.inspect(folder);
        if (found.size() != 1) {
            throw FailureException.input(
                    found.size() + " MI projects in one service: "
                            + found.stream().map(MiProject::folder).toList(),
                    folder.toString(),
                    "say which one with 'path' in imaas.yaml");
        }
        CarBuilder.Options options = new CarBuilder.Options(
                CarBuilder.Choice.valueOf(step.builder().toUpperCase(Locale.ROOT)),
                workspace.localRepository(),
                workspace.output(),
                step.projectWrapper(),
                workspace.offline());
        CarFile car;
        try {
            car = builder.build(found.get(0), options, context::log);
        } catch (FailureException e) {
            // Files are told as the repository has them, and not as their project does.
            throw e.below(step.path());
        }
        return Outcome.done(
                new StepOutput.ArtifactBuilt(found.get(0), car),
                List.of(Effect.created("CAR", car.name() + " " + car.version(), car.builder() + " build")));
    }
}
