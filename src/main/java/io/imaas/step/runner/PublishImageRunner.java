package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ScanCommand;
import io.imaas.model.image.ScanReport;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.ImageContents;
import io.imaas.plan.step.PublishImage;
import io.imaas.port.CarParts;
import io.imaas.port.Clock;
import io.imaas.port.ImageBuilder;
import io.imaas.port.ImageCars;
import io.imaas.port.ImageScanner;
import io.imaas.port.Workspaces;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.run.StepRunner;
import io.imaas.step.record.ScanReports;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the image around the CAR, pushes what the registry lacks, and has it scanned where the platform wants that. */
public record PublishImageRunner(
        ImageBuilder images, ImageCars cars, CarParts parts, Workspaces workspaces, ImageScanner scanner, Clock clock)
        implements StepRunner<PublishImage> {
    @Override
    public Outcome run(PublishImage step, StepContext context) {
        StepOutput.ArtifactBuilt built = context.output(step.build(), StepOutput.ArtifactBuilt.class);
        StepOutput.TestsReported tests = context.output(step.tests(), StepOutput.TestsReported.class);
        String version = built.project().version();
        ImageCars.Wanted wanted = new ImageCars.Wanted(
                built.project(),
                Path.of(built.car().path()),
                List.of(),
                workspaces.of(step.service()).localRepository());
        List<Path> loaded = cars.of(wanted);
        List<Path> libraries = cars.libraries(wanted);
        ImageBuilder.Built image = images.build(
                new ImageBuilder.Recipe(
                        step.target(),
                        step.base(),
                        Path.of(built.project().folder()),
                        loaded,
                        libraries,
                        built.project().runtimeVersion(),
                        labels(step, built.car(), version, tests.verdict()),
                        Set.of(version, step.buildKey()),
                        Instant.EPOCH),
                context::log);
        Release release = new Release(step.service(), version, step.source(), step.tree(), image.image());
        Effect effect = image.bytesPushed() == 0
                ? Effect.unchanged("image", image.image().toString())
                : Effect.created("image", image.image().toString(), image.bytesPushed() + " bytes pushed");
        List<Problem> warnings = new ArrayList<>(image.warnings());
        ScanReport scan = step.scan() == null ? null : scan(step.scan(), image.image(), context, warnings);
        return new Outcome.Succeeded(
                new StepOutput.ImagePublished(
                        release,
                        image.bytesPushed(),
                        contents(built.car(), Path.of(built.car().path()), loaded, libraries),
                        scan),
                List.of(effect),
                warnings);
    }

    /** Null when there is none: the image is good all the same, and the gate says that its scan is missing. */
    private ScanReport scan(ScanCommand command, ImageRef image, StepContext context, List<Problem> warnings) {
        try {
            return ScanReports.unsigned(
                    command.arguments().get(0), clock.now(), scanner.report(command, image, context::log));
        } catch (FailureException e) {
            warnings.add(Problem.warning(
                    "scan",
                    Location.of(image.toString()),
                    "the image was not scanned: " + e.failure().what(),
                    e.failure().suggestion()));
            return null;
        }
    }

    private ImageContents contents(CarFile car, Path own, List<Path> loaded, List<Path> libraries) {
        return new ImageContents(
                car,
                parts.of(car),
                Stream.concat(loaded.stream().filter(one -> !one.equals(own)), libraries.stream())
                        .map(parts::file)
                        .toList());
    }

    private static Map<String, String> labels(PublishImage step, CarFile car, String version, String tests) {
        // Ours come last: people read them. Nothing is decided by them, for whoever may push can write them.
        Map<String, String> labels = new LinkedHashMap<>(step.labels());
        labels.put("org.opencontainers.image.source", step.sourceUrl());
        labels.put("org.opencontainers.image.revision", step.source().value());
        labels.put("org.opencontainers.image.version", version);
        labels.put("io.imaas.tenant", step.tenant().value());
        labels.put("io.imaas.service", step.service().value());
        labels.put("io.imaas.tree", step.tree().value());
        labels.put("io.imaas.build-key", step.buildKey());
        labels.put("io.imaas.tests", tests);
        // As the runtime itself names it: a rollout asks for it.
        labels.put("io.imaas.car", car.name() + ":" + car.version());
        return labels;
    }
}
