package io.imaas.step.runner;

import io.imaas.model.rollout.Trailers;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.kubernetes.Manifests;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.BlobId;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.CommitFiles;
import io.imaas.port.Change;
import io.imaas.port.FileEdit;
import io.imaas.port.GitRepository;
import io.imaas.port.Landed;
import io.imaas.port.Precondition;
import io.imaas.port.TextFiles;
import io.imaas.step.edit.TextEdit;
import io.imaas.step.observe.ArrivalObserver.ChartSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Lands what is wanted and what it renders to in one push: the manifests that gates looked at, or nothing. The files that
 * were rendered are preconditions of the push, so nobody can change one of them in between.
 */
public final class RenderedBranches implements Landings {
    /** Somebody else changed a file of the same service in between. */
    private static final int TRIES = 5;

    private final Tenant tenant;
    private final GitRepository repository;
    private final Optional<ChartSource> charts;

    /** @param charts empty where no chart is at hand: then only changes land that render nothing */
    public RenderedBranches(Tenant tenant, GitRepository repository, Optional<ChartSource> charts) {
        this.tenant = tenant;
        this.repository = repository;
        this.charts = charts;
    }

    /** @throws FailureException CONFLICT when other manifests would run than gates looked at */
    @Override
    public Placed land(Change change, EnvironmentName environment, Map<ServiceName, String> judged) {
        TreeSet<ServiceName> services = new TreeSet<>(judged.keySet());
        change.edits().stream()
                .filter(edit -> !edit.path().contains("/hold/"))
                .flatMap(edit -> GitOpsPaths.serviceOf(edit.path()).stream())
                .filter(service -> runsIn(service, environment))
                .forEach(services::add);
        services.removeIf(service -> CommitFiles.LATER.equals(judged.get(service)));
        if (services.isEmpty()) {
            Landed wanted = repository.land(change);
            return new Placed(
                    wanted, repository.head(GitOpsPaths.rendered(environment)).orElse(null));
        }
        List<Change> both = bySeen(change, environment, services, judged);
        for (int attempt = 1; ; attempt++) {
            try {
                List<Landed> landed = repository.land(both);
                return new Placed(
                        landed.get(0), landed.get(1).commit(), landed.get(1).created());
            } catch (FailureException e) {
                if (e.failure().kind() != FailureKind.CONFLICT || attempt == TRIES) {
                    throw e;
                }
            }
            both = both(change, environment, repository.head(environment.branch()), services, judged);
        }
    }

    /**
     * On what was seen of the branch last, which saves asking the server: the preconditions find out when it is too old.
     * What can't be rendered there is rendered on what the branch holds now.
     */
    private List<Change> bySeen(
            Change change,
            EnvironmentName environment,
            SortedSet<ServiceName> services,
            Map<ServiceName, String> judged) {
        Optional<CommitId> seen = repository.lastSeen(environment.branch());
        try {
            return both(change, environment, seen, services, judged);
        } catch (FailureException old) {
            Optional<CommitId> now = repository.head(environment.branch());
            if (now.equals(seen)) {
                throw old;
            }
            return both(change, environment, now, services, judged);
        }
    }

    private boolean runsIn(ServiceName name, EnvironmentName environment) {
        return tenant.service(name)
                .map(Service::environments)
                .filter(path -> path.contains(environment))
                .isPresent();
    }

    private List<Change> both(
            Change change,
            EnvironmentName environment,
            Optional<CommitId> tip,
            SortedSet<ServiceName> services,
            Map<ServiceName, String> judged) {
        BranchName branch = environment.branch();
        CommitId head = tip.orElse(null);
        CommitId base = head == null ? change.from() : head;
        List<Precondition> expected = new ArrayList<>(change.expected());
        if (head == null) {
            expected.add(new Precondition.Head(branch, null));
        }
        List<String> all = services.stream()
                .flatMap(service -> rendered(service, environment).stream())
                .toList();
        TextFiles now = base == null ? TextFiles.of(Map.of()) : repository.readText(base, all);
        List<FileEdit> edits = new ArrayList<>();
        List<String> hashes = new ArrayList<>();
        for (ServiceName service : services) {
            List<String> then = new ArrayList<>();
            for (String path : rendered(service, environment)) {
                Optional<String> text = now.find(path);
                then.add(edited(change, path, text).orElse(null));
                if (head != null) {
                    expected.add(new Precondition.Content(
                            branch, path, text.map(BlobId::of).orElse(null)));
                }
            }
            Manifests manifests = manifests(service, environment, then);
            requireJudged(service, environment, judged.get(service), manifests);
            hashes.add(manifests.hash());
            edits.add(new TextEdit(GitOpsPaths.manifests(service), manifests.text()));
        }
        Trailers trailers = new Trailers(change.trailers())
                .without(Trailers.KEY)
                .with(Trailers.CHART, charts.map(chart -> chart.renderer().digest(chart.folder())).orElse(""))
                .with(Trailers.MANIFESTS, String.join(", ", hashes));
        Change rendered = Change.of(GitOpsPaths.rendered(environment), change.subject(), edits)
                .withTrailers(trailers.lines())
                .namingFirst(Trailers.WANTED);
        return List.of(change.expecting(expected), rendered);
    }

    /** What a service's manifests are made of: values, release and own values. */
    private static List<String> rendered(ServiceName service, EnvironmentName environment) {
        return List.of(
                GitOpsPaths.values(service),
                GitOpsPaths.release(service),
                GitOpsPaths.environment(service, environment));
    }

    private static Optional<String> edited(Change change, String path, Optional<String> text) {
        Optional<byte[]> content = text.map(known -> known.getBytes(StandardCharsets.UTF_8));
        for (FileEdit edit : change.edits()) {
            if (edit.path().equals(path)) {
                content = edit.apply(content);
            }
        }
        return content.map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** @param files as {@link #rendered}; without a release nothing is to run */
    private Manifests manifests(ServiceName service, EnvironmentName environment, List<String> files) {
        if (files.get(1) == null || files.get(1).isBlank()) {
            return Manifests.NONE;
        }
        return charts.orElseThrow(() -> FailureException.input(
                        "what runs of tenant " + tenant.name() + " is rendered before it lands, and there is no chart",
                        tenant.gitops().value(),
                        "give --platform REPOSITORY, or --chart DIR"))
                .render(tenant, service, environment, files);
    }

    /** What runs already was looked at before: whoever goes back to it, or leaves it as it is, asks nobody. */
    private boolean runsAlready(ServiceName service, EnvironmentName environment, Manifests manifests) {
        return repository
                .head(GitOpsPaths.rendered(environment))
                .flatMap(head -> repository.read(head, GitOpsPaths.manifests(service)))
                .filter(now -> new String(now, StandardCharsets.UTF_8).equals(manifests.text()))
                .isPresent();
    }

    private void requireJudged(ServiceName service, EnvironmentName environment, String judged, Manifests manifests) {
        if (!manifests.hash().equals(judged) && !(judged == null && runsAlready(service, environment, manifests))) {
            throw FailureException.conflict(
                    judged == null
                            ? "no gate has looked at what " + service + " would run"
                            : "what " + service + " would run has changed since gates looked at it",
                    environment + ":" + GitOpsPaths.folder(service),
                    "run it again, to decide on what the branch holds now");
        }
    }
}
