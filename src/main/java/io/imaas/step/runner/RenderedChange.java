package io.imaas.step.runner;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.Manifests;
import io.imaas.model.kubernetes.Workload;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.BlobId;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.gate.Answer;
import io.imaas.plan.gate.QuotaFit;
import io.imaas.port.Change;
import io.imaas.port.ChartStore.StoredChart;
import io.imaas.port.FileEdit;
import io.imaas.port.GitRepository;
import io.imaas.port.Precondition;
import io.imaas.port.TextFiles;
import io.imaas.step.chart.ForeignFiles;
import io.imaas.step.chart.TenantCharts;
import io.imaas.step.runner.Landings.Reviewed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** A change of what is wanted with the manifests that come of it, as changes of both branches. */
record RenderedChange(
        Tenant tenant,
        GitRepository repository,
        Optional<TenantCharts> charts,
        Change change,
        EnvironmentName environment,
        SortedSet<ServiceName> services,
        Reviewed reviewed) {
    /** What both branches hold. */
    record Tips(Optional<CommitId> wanted, Optional<CommitId> rendered) {}

    Tips tips(Function<BranchName, Optional<CommitId>> tip) {
        return new Tips(tip.apply(environment.branch()), tip.apply(GitOpsPaths.rendered(environment)));
    }

    /**
     * What is to land.
     *
     * @param both the changes of what is wanted and of the manifests
     * @param switched services whose number of pods is an autoscaler's from now on ({@code true}), or Git's again
     */
    record Prepared(List<Change> both, SortedMap<ServiceName, Boolean> switched) {}

    /**
     * The changes, which expect that what was rendered is still there when they land.
     *
     * @throws FailureException CONFLICT when other manifests would run than gates looked at
     */
    Prepared on(Tips tips) {
        BranchName branch = environment.branch();
        CommitId base = tips.wanted().orElse(change.from());
        List<Precondition> expected = new ArrayList<>(change.expected());
        if (tips.wanted().isEmpty()) {
            expected.add(new Precondition.Head(branch, null));
        }
        List<String> all = services.stream()
                .flatMap(service -> GitOpsPaths.sources(service, environment).stream())
                .toList();
        TextFiles now = base == null ? TextFiles.of(Map.of()) : repository.readText(base, all);
        ChartOnBranch chart = new ChartOnBranch(tenant, repository, charts, environment, tips.rendered(), reviewed);
        ForeignFiles foreign = new ForeignFiles(repository, tips.rendered());
        Set<FileEdit> edits = new LinkedHashSet<>();
        List<String> hashes = new ArrayList<>();
        Map<ServiceName, Manifests> coming = new TreeMap<>();
        SortedMap<ServiceName, Boolean> switched = new TreeMap<>();
        for (ServiceName service : services) {
            List<String> then = new ArrayList<>();
            for (String path : GitOpsPaths.sources(service, environment)) {
                boolean replaced = now.problem(path).isPresent() && isReplaced(path);
                Optional<String> text = replaced ? Optional.empty() : now.find(path);
                then.add(edited(path, text).orElse(null));
                if (tips.wanted().isPresent() && !replaced) {
                    expected.add(new Precondition.Content(
                            branch, path, text.map(BlobId::of).orElse(null)));
                }
            }
            Manifests manifests = manifests(chart, service, then);
            coming.put(service, manifests);
            Optional<String> running = running(service, tips.rendered());
            String hash = manifests.hash();
            requireReviewed(service, running, manifests, hash);
            if (running.isPresent() && autoscaled(running.get()) != manifests.autoscaled()) {
                switched.put(service, manifests.autoscaled());
            }
            hashes.add(hash);
            edits.add(FileEdit.text(GitOpsPaths.manifests(service), manifests.text()));
            foreign.of(service).forEach(path -> edits.add(FileEdit.text(path, null)));
        }
        edits.addAll(chart.edits());
        expected.addAll(chart.expected(services));
        if (reviewed.fits()) {
            expected.add(new QuotaAtLanding(tenant, environment, charts.orElseThrow()).with(coming));
        }
        Trailers trailers = new Trailers(change.trailers())
                .without(Trailers.KEY)
                .with(Trailers.CHART, chart.used().map(StoredChart::digest).orElse(""))
                .with(Trailers.MANIFESTS, String.join(", ", hashes));
        Change rendered = Change.of(GitOpsPaths.rendered(environment), change.subject(), List.copyOf(edits))
                .withTrailers(trailers.lines())
                .namingFirst(Trailers.WANTED);
        return new Prepared(List.of(change.expecting(expected), rendered), switched);
    }

    /** What can't be read any more is handed over anew. */
    private boolean autoscaled(String running) {
        try {
            // Most have no autoscaler: nothing is parsed for them.
            return running.contains(Manifests.AUTOSCALED)
                    && charts.filter(known -> known.read(running, environment).autoscaled())
                            .isPresent();
        } catch (FailureException unreadable) {
            return false;
        }
    }

    /** Whether it does not matter what is there now. */
    private boolean isReplaced(String path) {
        return change.edits().stream()
                .anyMatch(edit -> edit.isWhole() && edit.path().equals(path));
    }

    private Optional<String> edited(String path, Optional<String> text) {
        Optional<byte[]> content = text.map(known -> known.getBytes(StandardCharsets.UTF_8));
        for (FileEdit edit : change.edits()) {
            if (edit.path().equals(path)) {
                content = edit.apply(content);
            }
        }
        return content.map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** @param files as {@link GitOpsPaths#sources}; without a release nothing is to run */
    private Manifests manifests(ChartOnBranch chart, ServiceName service, List<String> files) {
        return files.get(1) == null || files.get(1).isBlank() ? Manifests.NONE : chart.render(service, files);
    }

    private Optional<String> running(ServiceName service, Optional<CommitId> rendered) {
        return rendered.flatMap(head -> repository.read(head, GitOpsPaths.manifests(service)))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** What runs already was looked at before: whoever goes back to it, or leaves it as it is, asks nobody. */
    private void requireReviewed(ServiceName service, Optional<String> running, Manifests manifests, String found) {
        String hash = reviewed.manifests().get(service);
        if (!found.equals(hash) && !(hash == null && running.equals(Optional.of(manifests.text())))) {
            throw FailureException.conflict(
                    hash == null
                            ? "no gate has looked at what " + service + " would run"
                            : "what " + service + " would run has changed since gates looked at it",
                    environment + ":" + GitOpsPaths.folder(service),
                    "run it again, to decide on what the branch holds now");
        }
    }

    /**
     * Asks for the quota once more on exactly the branch that a push changes. Several changes that fit one by one do not have to
     * fit together, and none of their plans knows of the others.
     */
    private record QuotaAtLanding(Tenant tenant, EnvironmentName environment, TenantCharts charts) {
        Precondition with(Map<ServiceName, Manifests> coming) {
            TreeSet<ServiceName> services = new TreeSet<>(tenant.servicesIn(environment));
            services.addAll(coming.keySet());
            Map<ServiceName, List<Workload>> arriving = new TreeMap<>();
            coming.forEach((service, manifests) -> arriving.put(service, counted(manifests)));
            return new Precondition.Together(
                    GitOpsPaths.rendered(environment),
                    services.stream().map(GitOpsPaths::manifests).toList(),
                    branch -> require(services, branch, arriving));
        }

        private void require(
                TreeSet<ServiceName> services, TextFiles branch, Map<ServiceName, List<Workload>> arriving) {
            Map<ServiceName, List<Workload>> now = new TreeMap<>();
            for (ServiceName service : services) {
                branch.find(GitOpsPaths.manifests(service)).ifPresent(text -> now.put(service, counted(text)));
            }
            if (QuotaFit.of(tenant).answer(now, arriving, "") instanceof Answer.Closed closed) {
                throw new FailureException(new Failure(
                        closed.kind(),
                        "with what has landed meanwhile it " + closed.reason(),
                        tenant.name() + " -> " + environment,
                        closed.whatOpensIt()));
            }
        }

        /** What can't be understood is not counted when plans are made, either. */
        private List<Workload> counted(String text) {
            try {
                return counted(charts.read(text, environment));
            } catch (FailureException unreadable) {
                return List.of();
            }
        }

        private List<Workload> counted(Manifests manifests) {
            return charts.tools().workloads().of(manifests.all());
        }
    }
}
