package io.imaas.app.adopt;

import io.imaas.app.Onboard;
import io.imaas.app.Ports;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Effect.FieldChange;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.kubernetes.ManifestDiff;
import io.imaas.model.kubernetes.Manifests;
import io.imaas.model.kubernetes.Workload;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.tenancy.Adopted;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.EnsureGitOps;
import io.imaas.port.ChartRenderer.Chart;
import io.imaas.step.chart.Charts;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What onboarding would render of what is proposed: its own files, with the chart that the platform names. */
final class AdoptedRendering {
    /** Of a container, wherever a kind of object has its template. */
    private static final Pattern IMAGE = Pattern.compile(".*[cC]ontainers\\[[^\\]]*]\\.image");

    /** Of an object or a pod template: where the release adds the platform's labels. */
    private static final Pattern LABELS =
            Pattern.compile("(.*\\.)?metadata(\\.labels(\\.imaas\\.io/(tenant|service|environment))?)?");

    private final Charts charts;
    private final Ports ports;
    private final Catalog catalog;
    private final Actor actor;

    AdoptedRendering(Ports ports, Catalog catalog, Actor actor) {
        this.ports = ports;
        this.catalog = catalog;
        this.actor = actor;
        this.charts = ports.charts()
                .orElseThrow(() -> FailureException.input("there is no chart to render with", "see --help"));
    }

    Manifests read(String text, String namespace) {
        return new Manifests(charts.renderer().read(text, namespace));
    }

    List<Workload> workloads(Manifests manifests) {
        return charts.workloads().of(manifests.all());
    }

    Manifests of(AdoptedPlace place, Adopted adopted) {
        return of(catalog, AdoptedTenants.alone(place, adopted), place, Map.of());
    }

    /** @param release other values than what ran has, by key; none: what ran */
    private Manifests of(Catalog whole, Tenant tenant, AdoptedPlace place, Map<String, String> release) {
        Map<String, String> files = Onboard.plan(whole, tenant, ports.clock().now(), actor)
                .plan()
                .steps()
                .filter(step ->
                        step instanceof EnsureGitOps made && made.environments().contains(place.environment()))
                .map(step -> ((EnsureGitOps) step).files())
                .findFirst()
                .orElseThrow();
        String wanted = files.get(GitOpsPaths.release(place.service()));
        for (Map.Entry<String, String> other : release.entrySet()) {
            wanted = wanted.replace(other.getKey(), other.getValue());
        }
        List<String> values = Stream.of(
                        files.get(GitOpsPaths.values(place.service())),
                        wanted,
                        files.get(GitOpsPaths.environment(place.service(), place.environment())))
                .toList();
        return new Manifests(charts.renderer()
                .render(Chart.of(
                        charts.store()
                                .pinned(whole.platform().chart(place.environment()))
                                .folder(),
                        place.tenant(),
                        place.service(),
                        place.environment(),
                        true,
                        values)));
    }

    /**
     * That the next release brings its image and the platform's labels, and nothing else.
     *
     * @throws FailureException INPUT when it would not
     */
    void requireReleasable(AdoptedPlace place, Adopted adopted, Manifests now) {
        String digest = adopted.release().digest().value();
        Digest other = Digest.of(digest);
        Manifests next = of(catalog, AdoptedTenants.alone(place, adopted), place, Map.of(digest, other.value()));
        String image = new ImageRef(adopted.release().repository(), other).toString();
        List<Effect> changes = ManifestDiff.between(now, next);
        List<FieldChange> fields = changes.stream()
                .flatMap(effect -> effect.fields().stream())
                .filter(field -> !field.before().isEmpty()
                        || !LABELS.matcher(field.field()).matches())
                .toList();
        boolean alone = fields.stream()
                .allMatch(field ->
                        IMAGE.matcher(field.field()).matches() && field.after().equals(image));
        if (fields.isEmpty() || !alone || changes.stream().anyMatch(effect -> effect.kind() != Effect.Kind.UPDATED)) {
            throw Adopt.input(
                    "the next release would not change its image alone",
                    "write the image as REGISTRY/PATH:TAG or REGISTRY/PATH@DIGEST, the same in all its containers");
        }
    }

    /** That the files as they are proposed make what was compared: they are read anew, as onboarding reads them. */
    void requireAsSeen(Catalog read, Adoption.Proposed one) {
        Tenant tenant = read.tenant(one.tenant()).orElseThrow();
        AdoptedPlace place = new AdoptedPlace(one.tenant(), one.environment(), one.service());
        if (!of(read, tenant, place, Map.of()).text().equals(one.adopted().manifests())) {
            throw FailureException.defect(
                    "the proposed files of " + one.adopted().application() + " do not render to what was compared",
                    null);
        }
    }
}
