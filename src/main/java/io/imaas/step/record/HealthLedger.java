package io.imaas.step.record;

import io.imaas.model.failure.Effect;
import io.imaas.model.image.Digest;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.port.Change;
import io.imaas.port.FileEdit;
import io.imaas.port.GitRepository;
import io.imaas.port.GitRepository.Landed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What rollouts found out, kept on the records branch of the tenant's GitOps repository: signed, so a gate can trust it,
 * and there is no second database to keep right.
 */
public record HealthLedger(GitRepository repository, Records records) {
    /** Keeps a record, replacing what was known of that digest in that environment. */
    public Effect record(HealthRecord health) {
        String path = GitOpsPaths.health(health.service(), health.environment(), health.digest());
        // Seen again, by a run that goes on where another was cut off: it is healthy since then, not since now.
        return land(
                health,
                FileEdit.textUnless(
                        path,
                        text -> records.health(path, text, told -> {})
                                .filter(kept -> says(kept, health))
                                .isPresent(),
                        records.sign(health)));
    }

    /** Whether nothing is new. The newest reason of a degraded release counts: the first one may be fixed by now. */
    private static boolean says(HealthRecord kept, HealthRecord found) {
        return kept.status() == found.status()
                && kept.was() == found.was()
                && kept.commit().equals(found.commit())
                && Objects.equals(kept.manifests(), found.manifests())
                && (found.status() == HealthRecord.Status.HEALTHY
                        || kept.evidence().equals(found.evidence()));
    }

    /**
     * Replaces a record by another one, unless somebody else has replaced it meanwhile.
     *
     * @throws io.imaas.model.failure.FailureException CONFLICT when it is no longer what it was
     */
    public Effect replace(HealthRecord known, HealthRecord next) {
        String path = GitOpsPaths.health(known.service(), known.environment(), known.digest());
        return land(
                next,
                FileEdit.replacement(
                        path,
                        text -> records.health(path, text, told -> {})
                                .filter(now -> now.equals(known) || now.equals(next))
                                .isPresent(),
                        records.sign(next)));
    }

    private Effect land(HealthRecord health, FileEdit edit) {
        String name = health.service() + " in " + health.environment();
        String word = health.status().name().toLowerCase(java.util.Locale.ROOT);
        String subject =
                health.service() + " " + health.digest().abbreviated() + " is " + word + " in " + health.environment();
        Landed landed = repository.land(Change.of(GitOpsPaths.RECORDS, subject, List.of(edit))
                .sealed(records.seal())
                .withTrailers(Trailers.NONE
                        .with(Trailers.SERVICE, health.service().value())
                        .with(Trailers.ENVIRONMENT, health.environment().value())
                        .with(Trailers.HEALTH, word)
                        .lines()));
        return landed.created() ? Effect.created("health", name, word) : Effect.unchanged("health", name);
    }

    /** What is known of a digest in an environment. */
    public Optional<HealthRecord> find(ServiceName service, EnvironmentName environment, Digest digest) {
        return repository
                .sealed(GitOpsPaths.RECORDS, records.seal())
                .filter(branch -> branch.counts() != null)
                .flatMap(branch -> find(branch.counts(), service, environment, digest));
    }

    /** The same, on a known tip of the records branch. */
    public Optional<HealthRecord> find(CommitId head, ServiceName service, EnvironmentName environment, Digest digest) {
        return repository
                .read(head, GitOpsPaths.health(service, environment, digest))
                .flatMap(bytes -> records.health(
                        GitOpsPaths.health(service, environment, digest),
                        new String(bytes, StandardCharsets.UTF_8),
                        told -> {}));
    }
}
