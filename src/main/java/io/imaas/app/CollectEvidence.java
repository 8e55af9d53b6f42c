package io.imaas.app;

import io.imaas.model.evidence.Evidence;
import io.imaas.model.evidence.Evidence.Build;
import io.imaas.model.evidence.Evidence.Decision;
import io.imaas.model.evidence.Evidence.Kept;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.image.CertifiedSigner;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.record.Person;
import io.imaas.model.record.Statement;
import io.imaas.model.record.Statement.SignedStatement;
import io.imaas.model.request.EvidenceRequest;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Provenance;
import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.CycloneDx;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.gate.Fingerprint;
import io.imaas.plan.snapshot.ForcedChange;
import io.imaas.plan.snapshot.PastRelease;
import io.imaas.port.Commit;
import io.imaas.port.GitRepository;
import io.imaas.port.ImageRegistry;
import io.imaas.report.Json;
import io.imaas.step.record.Records;
import io.imaas.step.record.RecordsBranch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Brings together what Git, the records and the registry know of one release in one environment, and signs it. */
record CollectEvidence(TenantWorld world, EvidenceRequest wanted, Actor actor) {
    /** About 500 kB. */
    private static final int MOST_BESIDE = 5000;

    String file() {
        Evidence evidence = evidence();
        Statement statement = new Statement(
                Evidence.TYPE,
                evidence.subject(),
                evidence.release().image().digest().hex(),
                Json.map(evidence));
        return world.records().sign(statement);
    }

    Evidence evidence() {
        ServiceName service = world.known(wanted.service()).name();
        EnvironmentName environment = world.known(wanted.environment()).name();
        List<String> missing = new ArrayList<>();
        PastRelease past = past(service, environment);
        Optional<Commit> rendered = rendered(past);
        Commit carrier = rendered.orElseGet(() -> carrier(past));
        Decision decision = decision(past, carrier, rendered, missing);
        String fingerprint = decision.rendered() == null
                ? world.approvable(service, environment, past.commit())
                : Fingerprint.ofManifests(service, environment, decision.manifests());
        List<Kept> records = records(past, fingerprint, missing);
        byte[] bundle = bundle(decision, carrier, fingerprint, missing);
        SigningKey own = world.ports().statements().ownKey();
        world.platform()
                .trust()
                .weakness(Optional.of(own), world.ports().clock().now())
                .ifPresent(why -> missing.add("reviewed key: " + why));
        return new Evidence(
                world.tenant().name(),
                service,
                environment,
                actor.name(),
                world.ports().clock().now(),
                past.release(),
                build(past.release(), decision.at(), missing),
                decision,
                records,
                world.platform().trust().orElse(Optional.of(own)).orchestrators(),
                signers(records),
                world.platform().images().keysAt(decision.at()),
                Base64.getEncoder().encodeToString(bundle),
                missing);
    }

    private PastRelease past(ServiceName service, EnvironmentName environment) {
        List<PastRelease> past = world.history().of(service, environment, TenantWorld.LOOK_BACK);
        return past.stream()
                .filter(one -> one.release().isCalled(wanted.release()))
                .findFirst()
                .orElseThrow(() -> FailureException.missing(
                        past.isEmpty()
                                ? service + " never had a release in " + environment
                                : service + " " + wanted.release() + " was never released to " + environment,
                        past.isEmpty()
                                ? "imaas status " + service
                                : "known: "
                                        + past.stream()
                                                .map(one -> one.release().version())
                                                .distinct()
                                                .toList()));
    }

    /** The last commit whose manifests run this image: what was reviewed last of this release. */
    private Optional<Commit> rendered(PastRelease past) {
        if (!world.tenant().isRendered()) {
            return Optional.empty();
        }
        String digest = past.release().image().digest().value();
        String path = GitOpsPaths.manifests(wanted.service());
        GitRepository repository = world.repository();
        return repository.history(GitOpsPaths.rendered(wanted.environment()), path, TenantWorld.LOOK_BACK).stream()
                .filter(commit -> repository
                        .readText(commit.id(), List.of(path))
                        .find(path)
                        .filter(text -> text.contains(digest))
                        .isPresent())
                .findFirst();
    }

    /** Of a release that the deployment server renders: the commit that brought it. */
    private Commit carrier(PastRelease past) {
        return world
                .repository()
                .history(wanted.environment().branch(), GitOpsPaths.release(wanted.service()), TenantWorld.LOOK_BACK)
                .stream()
                .filter(commit -> commit.id().equals(past.commit()))
                .findFirst()
                .orElseThrow();
    }

    private Decision decision(PastRelease past, Commit carrier, Optional<Commit> rendered, List<String> missing) {
        if (rendered.isEmpty()) {
            missing.add(
                    world.tenant().isRendered()
                            ? "manifests: nothing of this release was rendered yet"
                            : "manifests: the deployment server renders them (delivery: "
                                    + world.tenant().delivery().word() + ")");
        }
        Map<String, String> gates = new Trailers(carrier.trailers()).gates();
        if (gates.isEmpty()) {
            missing.add("gates: the commit " + carrier.id().abbreviated() + " does not tell what they found");
        }
        String path = GitOpsPaths.manifests(wanted.service());
        String manifests = rendered.map(commit -> Digest.of(world.repository()
                                .readText(commit.id(), List.of(path))
                                .find(path)
                                .orElseThrow())
                        .hex())
                .orElse("");
        return new Decision(
                past.commit(),
                Optional.ofNullable(carrier.trailers().get(Trailers.WANTED))
                        .map(CommitId::new)
                        .orElse(past.commit()),
                rendered.map(Commit::id).orElse(null),
                carrier.actor(),
                carrier.at(),
                carrier.subject(),
                gates,
                manifests,
                carrier.trailers().getOrDefault(Trailers.CHART, ""));
    }

    /** Approvals of exactly this, and what rollouts found out about the digest wherever it ran. */
    private List<Kept> records(PastRelease past, String fingerprint, List<String> missing) {
        List<String> paths = new ArrayList<>(List.of(
                GitOpsPaths.approvals(wanted.environment(), fingerprint),
                GitOpsPaths.overrides(wanted.environment(), fingerprint)));
        world.environments()
                .forEach(environment -> paths.add(GitOpsPaths.health(
                        wanted.service(), environment, past.release().image().digest())));
        Records records = world.records();
        Map<String, String> texts = new TreeMap<>();
        RecordsBranch branch = RecordsBranch.of(world.repository(), records, world.environments());
        if (branch.counts() != null) {
            texts.putAll(world.repository().readText(branch.counts(), paths).texts());
        }
        branch.unbelieved().stream()
                .filter(one -> one.path().equals(GitOpsPaths.RECORDS.value())
                        || paths.stream().anyMatch(one.path()::startsWith))
                .forEach(one -> missing.add("records: " + one.sentence()));
        records.unbelieved(Map.copyOf(texts), world.ports().clock().now()).forEach(one -> {
            texts.remove(one.path());
            missing.add("records: " + one.sentence());
        });
        List<Approval> said = texts.entrySet().stream()
                .filter(file -> !file.getKey().startsWith("health/"))
                .flatMap(file -> records.approval(file.getKey(), file.getValue(), told -> {}).stream())
                .toList();
        ForcedChange.of(world.platform(), said, world.ports().clock().now()).stream()
                .filter(forced -> forced.confirmed().isEmpty())
                .forEach(forced -> missing.add("second person: " + forced.sentence()));
        if (!texts.containsKey(GitOpsPaths.health(
                wanted.service(), wanted.environment(), past.release().image().digest()))) {
            missing.add("rollout: nothing is recorded of it in " + wanted.environment());
        }
        return texts.entrySet().stream()
                .map(file -> new Kept(file.getKey(), file.getValue()))
                .toList();
    }

    /** Those alone who signed one of the records. */
    private List<Person> signers(List<Kept> records) {
        List<SignedStatement> said = records.stream()
                .map(kept -> world.ports().statements().read(kept.envelope()))
                .toList();
        return world.platform().trust().people().stream()
                .filter(person -> said.stream()
                        .anyMatch(one -> person.keysAt(one.statement().at()).anyMatch(one.envelope()::signedBy)))
                .toList();
    }

    private Build build(Release release, Instant decided, List<String> missing) {
        String sources = world.known(wanted.service()).repository().value();
        Optional<ImageRegistry> registry = world.ports().askedRegistry();
        if (registry.isEmpty()) {
            missing.add("build: the registry was not asked for the image's labels and signatures");
            return new Build(sources, List.of(), "", Map.of(), List.of(), List.of());
        }
        try {
            List<SigningKey> keys = world.platform().images().keysAt(decided);
            List<ImageSignature> signatures = registry.get().signatures(release.image()).stream()
                    .filter(one -> one.image().equals(release.image().digest().value())
                            && keys.stream().anyMatch(one::madeBy))
                    .toList();
            List<CertifiedSigner> keyless = world.signersWithoutKey(release.image()).stream()
                    .filter(world.platform().images().keyless()::counts)
                    .distinct()
                    .toList();
            if (signatures.isEmpty() && keyless.isEmpty()) {
                missing.add("image's signature: "
                        + (world.platform().images().asksForSignatures()
                                ? "there is none by one of those whom 'signedBy' lists"
                                : "the platform asks for none"));
            }
            List<String> provenances = registry.get().attached(release.image(), Provenance.TYPE).stream()
                    .filter(one -> !world.records()
                            .provenances(release.image(), List.of(one))
                            .isEmpty())
                    .toList();
            if (provenances.isEmpty()) {
                missing.add("provenance: no orchestrator signed which sources the image was built from");
            }
            List<String> bills =
                    world.records().bills(release.image(), registry.get().attached(release.image(), CycloneDx.TYPE));
            if (bills.isEmpty()) {
                missing.add("SBOM: no orchestrator signed a bill of materials of the image");
            }
            return new Build(
                    sources,
                    provenances,
                    bills.isEmpty() ? "" : bills.get(0),
                    new TreeMap<>(registry.get().labels(release.image())),
                    signatures,
                    keyless);
        } catch (FailureException unanswered) {
            missing.add("build: " + unanswered.failure().what());
            return new Build(sources, List.of(), "", Map.of(), List.of(), List.of());
        }
    }

    private byte[] bundle(Decision decision, Commit carrier, String fingerprint, List<String> missing) {
        Map<CommitId, Set<String>> commits = new LinkedHashMap<>();
        Set<String> files = Set.of(GitOpsPaths.folder(wanted.service()));
        commits.put(decision.released(), files);
        commits.put(decision.wanted(), files);
        if (decision.rendered() != null) {
            commits.put(decision.rendered(), Set.of(GitOpsPaths.renderedFolder(wanted.service())));
        }
        String then = carrier.trailers().getOrDefault(Trailers.RECORDS, "");
        if (!then.isEmpty()) {
            Set<String> said = Set.of(
                    GitOpsPaths.approvals(wanted.environment(), fingerprint),
                    GitOpsPaths.overrides(wanted.environment(), fingerprint));
            if (said.stream().allMatch(folder -> fits(new CommitId(then), folder))) {
                commits.put(new CommitId(then), said);
            } else {
                missing.add("records of that moment: too many were kept by then to show that these are all");
            }
        }
        return world.repository().bundle(commits);
    }

    /** Git has one list of all that lies beside a folder. */
    private boolean fits(CommitId commit, String folder) {
        return world.repository()
                        .entries(commit, folder.substring(0, folder.lastIndexOf('/')))
                        .size()
                <= MOST_BESIDE;
    }
}
