package io.imaas.step.runner;

import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.image.ImageRef;
import io.imaas.model.source.ApiDescription;
import io.imaas.plan.step.ListApis;
import io.imaas.port.CarParts;
import io.imaas.port.Cluster.Applied;
import io.imaas.port.ImageFiles;
import io.imaas.port.ServiceCatalog;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists what the CARs of the released image describe; what was built somewhere else is read just the same. */
public record ListApisRunner(ImageFiles images, CarParts cars, ServiceCatalog catalog) implements StepRunner<ListApis> {
    @Override
    public Outcome run(ListApis step, StepContext context) {
        Outcome rollout = context.outcome(step.rollout().id()).orElse(null);
        if (!(rollout instanceof Outcome.Succeeded)) {
            return Outcome.skipped("it did not come live by this run");
        }
        ImageRef image = AwaitRolloutRunner.imageOf(step.rollout(), context);
        List<ApiDescription> described = new ArrayList<>();
        images.cars(image).forEach((path, car) -> described.addAll(cars.apis(car, path)));
        List<Problem> warnings = new ArrayList<>();
        List<ApiDescription> listed = new ArrayList<>();
        for (ApiDescription api : described) {
            if (api.definition().isEmpty()) {
                warnings.add(Problem.warning(
                        "no-definition",
                        Location.of(step.rollout().service() + " " + api.name()),
                        "the API is not listed in the service catalog: its CAR has no OpenAPI definition of it",
                        "add src/main/wso2mi/resources/api-definitions/" + api.name() + ".yaml and build again"));
            } else {
                listed.add(api.at(server(step, api)));
            }
        }
        Applied applied = catalog.keep(
                new ServiceCatalog.Place(
                        step.manager().urlOf(step.environment()), step.manager().credential(), step.owner()),
                listed);
        warnings.addAll(applied.warnings());
        return applied.failures().isEmpty()
                ? new Outcome.Succeeded(null, applied.effects(), warnings)
                : new Outcome.Failed(applied.failures().get(0), warnings, applied.effects());
    }

    /** A route sends on what is below its path, unchanged. */
    private static String server(ListApis step, ApiDescription api) {
        return Optional.ofNullable(step.route())
                .filter(route -> (api.path() + "/").startsWith(route.path()))
                .flatMap(route -> route.hosts().stream()
                        .filter(host -> !host.startsWith("*"))
                        .findFirst())
                .map(host -> "https://" + host)
                .orElse(step.server());
    }
}
