package io.imaas.step.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Effect;
import io.imaas.model.image.ImageRef;
import io.imaas.model.source.ApiDescription;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.CarPart;
import io.imaas.model.tenancy.ApiManagerPolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service.Route;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.ListApis;
import io.imaas.port.CarParts;
import io.imaas.port.Cluster.Applied;
import io.imaas.port.ServiceCatalog;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListApisRunnerTest {
    private static final EnvironmentName PROD = new EnvironmentName("prod");
    private static final ImageRef IMAGE = ImageRef.parse("registry.example.org/orders/api@sha256:" + "0a".repeat(32));

    private final List<String> kept = new ArrayList<>();
    private final List<ImageRef> read = new ArrayList<>();

    private Outcome run(Outcome rollout, Route route, ApiDescription... apis) {
        AwaitRollout awaited = new AwaitRollout(
                "rollout",
                new TenantName("orders"),
                new ServiceName("api"),
                PROD,
                "promote",
                IMAGE,
                Duration.ofMinutes(10));
        ListApis step = new ListApis(
                "apis",
                awaited,
                new ApiManagerPolicy("https://apim-${environment}", "APIM", List.of()),
                "acme.orders.prod.api.",
                "http://api.orders-prod.svc:8290",
                route);
        return new ListApisRunner(
                        image -> {
                            read.add(image);
                            return Map.of("a.car", new byte[0]);
                        },
                        new Parts(List.of(apis)),
                        catalog())
                .run(step, new Context(rollout));
    }

    private ServiceCatalog catalog() {
        return new ServiceCatalog() {
            @Override
            public Applied keep(Place place, List<ApiDescription> apis) {
                apis.forEach(api -> kept.add(place.url() + " " + place.owner() + api.name() + " " + api.url()));
                return new Applied(List.of(Effect.created(TYPE, "x", "")), List.of(), List.of());
            }

            @Override
            public List<Effect> remove(Place place) {
                throw new AssertionError(place);
            }
        };
    }

    private record Parts(List<ApiDescription> apis) implements CarParts {
        @Override
        public List<CarPart> of(CarFile car) {
            throw new AssertionError(car);
        }

        @Override
        public List<ApiDescription> apis(byte[] car, String shown) {
            return apis;
        }

        @Override
        public CarPart file(Path file) {
            throw new AssertionError(file);
        }
    }

    private record Context(Outcome rollout) implements StepContext {
        @Override
        public <T extends StepOutput> T output(String stepId, Class<T> type) {
            throw new AssertionError(stepId);
        }

        @Override
        public Optional<Outcome> outcome(String stepId) {
            return Optional.ofNullable(rollout).filter(known -> stepId.equals("rollout"));
        }

        @Override
        public void log(String line) {}
    }

    private static ApiDescription api(String path, String definition) {
        return new ApiDescription(
                "Hello", "1", "", "https://{MI_HOST}:{MI_PORT}" + path, "OAS3", "NONE", false, definition);
    }

    @Test
    void whatCameLiveIsListedWhereItIsReached() {
        Route route = new Route(PROD, List.of("*.example.org", "api.example.org"), "/orders");
        Outcome live = Outcome.done(null, List.of());

        run(live, null, api("/orders/v1", "openapi: 3"));
        run(live, route, api("/orders/v1", "openapi: 3"));
        run(live, route, api("/other", "openapi: 3"));
        run(live, new Route(PROD, List.of("*.example.org"), "/"), api("/other", "openapi: 3"));

        assertThat(kept)
                .containsExactly(
                        "https://apim-prod acme.orders.prod.api.Hello http://api.orders-prod.svc:8290/orders/v1",
                        "https://apim-prod acme.orders.prod.api.Hello https://api.example.org/orders/v1",
                        "https://apim-prod acme.orders.prod.api.Hello http://api.orders-prod.svc:8290/other",
                        "https://apim-prod acme.orders.prod.api.Hello http://api.orders-prod.svc:8290/other");
        assertThat(read).containsOnly(IMAGE);
    }

    @Test
    void whatDidNotComeLiveIsNotListed() {
        assertThat(run(null, null, api("/x", "openapi: 3"))).isInstanceOf(Outcome.Skipped.class);
        assertThat(run(Outcome.skipped("superseded"), null, api("/x", "openapi: 3")))
                .isInstanceOf(Outcome.Skipped.class);
        assertThat(kept).isEmpty();
        assertThat(read).isEmpty();
    }

    @Test
    void anApiWithoutADefinitionIsAWarning() {
        Outcome outcome = run(Outcome.done(null, List.of()), null, api("/x", ""));

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Succeeded.class, done -> assertThat(done.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.toString()).contains("api-definitions/Hello.yaml")));
        assertThat(kept).isEmpty();
    }
}
