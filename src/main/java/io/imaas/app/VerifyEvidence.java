package io.imaas.app;

import io.imaas.model.evidence.Evidence;
import io.imaas.model.evidence.Evidence.Decision;
import io.imaas.model.evidence.Evidence.Kept;
import io.imaas.model.evidence.EvidenceTrust;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.image.CertifiedSigner;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.record.Envelope;
import io.imaas.model.record.ListedKey;
import io.imaas.model.record.Statement.SignedStatement;
import io.imaas.model.record.Trust;
import io.imaas.model.record.Unbelieved;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Provenance;
import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.Trailers;
import io.imaas.plan.gate.Fingerprint;
import io.imaas.plan.snapshot.ChartInputs;
import io.imaas.port.BundleReader;
import io.imaas.port.BundleReader.BundledCommit;
import io.imaas.port.SignedStatements;
import io.imaas.port.ValuesEditor;
import io.imaas.report.EvidenceReview;
import io.imaas.report.Json;
import io.imaas.step.record.Records;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Checks an evidence file with nothing but itself: that it is as it was signed, and that all its parts say the same. Each
 * part is checked by itself, so that whatever does not fit is told by its name.
 */
final class VerifyEvidence {
    private final SignedStatements format;
    private final BundleReader bundles;
    private final ValuesEditor values;
    private final EvidenceTrust trusted;
    private final List<EvidenceReview.Part> parts = new ArrayList<>();
    /** As the file names it. */
    private String platform = "";

    VerifyEvidence(Ports ports, EvidenceTrust trusted) {
        this.format = ports.statements();
        this.bundles = ports.port(BundleReader.class);
        this.values = ports.values();
        this.trusted = trusted;
    }

    EvidenceReview of(byte[] file) {
        Evidence evidence = null;
        try {
            SignedStatement signed = format.read(new String(file, StandardCharsets.UTF_8));
            form(signed, file);
            platform = signed.statement().textOrEmpty(Records.PLATFORM);
            evidence = evidence(signed);
            signature(signed, evidence);
            content(evidence);
        } catch (FailureException broken) {
            // What is damaged so much that it can't be read any more.
            part(evidence == null ? "file" : "content", false, broken.failure().what());
        } catch (RuntimeException unexpected) {
            part("content", false, "it can't be read: " + unexpected.getMessage());
        }
        return new EvidenceReview(evidence, trusted.words(), parts);
    }

    private Trust trust(Evidence evidence) {
        return trusted.of(evidence, platform);
    }

    private Records records(Evidence evidence) {
        return new Records(format, trust(evidence), evidence.tenant());
    }

    private void part(String name, boolean fits, String found) {
        parts.add(new EvidenceReview.Part(name, fits, found));
    }

    /** The signature covers the payload alone; so the rest of the file has to be what we would write around it. */
    private void form(SignedStatement signed, byte[] file) {
        byte[] ours = format.write(signed.envelope()).getBytes(StandardCharsets.UTF_8);
        boolean fits = Arrays.equals(ours, file);
        part("form", fits, fits ? "as it was written" : "its bytes are not those that were written");
    }

    private static Evidence evidence(SignedStatement signed) {
        if (!signed.statement().type().equals(Evidence.TYPE)) {
            throw FailureException.input(
                    "it is not evidence, but " + signed.statement().type(), "", "");
        }
        try {
            return Json.value(
                    Records.withoutPlatform(Trust.NONE, signed.statement()).said(), Evidence.class);
        } catch (IllegalArgumentException e) {
            throw FailureException.input("its statement is not evidence: " + e.getMessage(), "", "");
        }
    }

    private void signature(SignedStatement signed, Evidence evidence) {
        Trust trust = trust(evidence);
        if (!platform.isEmpty()) {
            boolean same = trust.platform().isEmpty() || trust.platform().equals(platform);
            part("platform", same, same ? platform : "it is of " + platform + ", and not of " + trust.platform());
        }
        Optional<String> doubt = trust.doubt(signed, Envelope::signedBy);
        Optional<SigningKey> by = trust.orchestrators().stream()
                .map(ListedKey::key)
                .filter(signed.envelope()::signedBy)
                .findFirst();
        List<Envelope.Signed> signatures = signed.envelope().signatures();
        boolean named = by.filter(key ->
                        signatures.size() == 1 && signatures.get(0).keyId().equals(key.id()))
                .isPresent();
        part(
                "signature",
                doubt.isEmpty() && named,
                doubt.or(
                                () -> named
                                        ? Optional.empty()
                                        : Optional.of(
                                                "it names another key than the one that signed, or has more than one signature"))
                        .orElseGet(() -> "by " + by.orElseThrow().name() + ", SHA-256 "
                                + by.orElseThrow().id()));
        part(
                "subject",
                signed.statement().subject().equals(evidence.subject())
                        && signed.statement()
                                .sha256()
                                .equals(evidence.release().image().digest().hex()),
                signed.statement().subject() + " " + signed.statement().sha256());
    }

    private void content(Evidence evidence) {
        try {
            Map<String, BundledCommit> commits = bundles
                    .read(Base64.getDecoder().decode(evidence.bundle()))
                    .stream()
                    .collect(Collectors.toMap(commit -> commit.id().value(), Function.identity(), (a, b) -> a));
            part("bundle", true, commits.size() + " commits");
            released(evidence, commits.get(evidence.decision().released().value()), "released");
            released(evidence, commits.get(evidence.decision().wanted().value()), "wanted");
            decision(evidence, commits.get(evidence.decision().carrier().value()));
            if (evidence.decision().rendered() != null) {
                manifests(evidence, commits.get(evidence.decision().rendered().value()));
            }
            String fingerprint = approved(evidence, commits);
            List<Approval> said = evidence.records().stream()
                    .flatMap(kept -> record(evidence, kept, fingerprint).stream())
                    .toList();
            gaps(evidence, said, fingerprint, commits);
        } catch (FailureException | IllegalArgumentException damaged) {
            part("bundle", false, damaged.getMessage());
        }
        evidence.build().provenances().forEach(envelope -> provenance(evidence, envelope));
        evidence.build().signatures().forEach(signature -> image(evidence, signature));
        evidence.build().keyless().forEach(this::keyless);
    }

    private void released(Evidence evidence, BundledCommit commit, String which) {
        String path = GitOpsPaths.release(evidence.service());
        Optional<Release> there = Optional.ofNullable(commit)
                .map(known -> known.files().get(path))
                .flatMap(text -> Release.of(evidence.service(), values.read(path, text)));
        part(
                which + " commit",
                there.equals(Optional.of(evidence.release())),
                commit == null
                        ? "the bundle does not have it"
                        : commit.id() + ": "
                                + there.map(release -> release.version() + " " + release.image())
                                        .orElse("no release"));
    }

    private void decision(Evidence evidence, BundledCommit commit) {
        Decision decision = evidence.decision();
        if (commit == null) {
            part("decision", false, "the bundle does not have its commit");
            return;
        }
        // Whose keys counted, and who had spoken, depends on it.
        part("time", decision.at().equals(commit.at()), "the commit is of " + commit.at());
        boolean gates = decision.gates().equals(new Trailers(commit.trailers()).gates());
        part("gates", gates, decision.gates().size() + " as the commit " + commit.id() + " tells them");
        String place = commit.trailers()
                .getOrDefault(Trailers.ENVIRONMENT, evidence.environment().value());
        part("environment", place.equals(evidence.environment().value()), "the commit is for " + place);
        boolean by = decision.by().equals(commit.trailers().getOrDefault(Trailers.ACTOR, commit.author()))
                || decision.by().equals(commit.author());
        String how = new Trailers(commit.trailers())
                .proof()
                .map(proof -> " (" + proof.word() + ")")
                .orElse("");
        part(
                "actor",
                by && decision.subject().equals(commit.subject()),
                decision.by() + how + ": " + decision.subject());
    }

    private void manifests(Evidence evidence, BundledCommit commit) {
        String text = commit == null ? null : commit.files().get(GitOpsPaths.manifests(evidence.service()));
        if (text == null) {
            part("manifests", false, "the bundle does not have them");
            return;
        }
        Decision decision = evidence.decision();
        String hash = Digest.of(text).hex();
        String told = commit.trailers().getOrDefault(Trailers.MANIFESTS, "");
        boolean fits = hash.equals(decision.manifests())
                && (told.isEmpty() || Arrays.asList(told.split(", ")).contains(hash))
                && text.contains(evidence.release().image().digest().value())
                && Objects.equals(
                        commit.trailers()
                                .getOrDefault(Trailers.WANTED, decision.wanted().value()),
                        decision.wanted().value())
                && decision.chart().equals(commit.trailers().getOrDefault(Trailers.CHART, ""));
        part("manifests", fits, "SHA-256 " + hash + ", rendered from " + decision.wanted());
    }

    /** What an approval has to be of. */
    private static String approved(Evidence evidence, Map<String, BundledCommit> commits) {
        if (evidence.decision().rendered() != null) {
            return Fingerprint.ofManifests(
                    evidence.service(),
                    evidence.environment(),
                    evidence.decision().manifests());
        }
        BundledCommit commit = commits.get(evidence.decision().released().value());
        return Fingerprint.ofFiles(
                evidence.environment(),
                ChartInputs.of(
                        evidence.service(),
                        evidence.environment(),
                        ChartInputs.brought(evidence.service(), commit.files()),
                        folder -> commit.entries().getOrDefault(folder, Map.of())));
    }

    /** Who signs the file could leave out whatever they like, if only they said what is missing. */
    private void gaps(Evidence evidence, List<Approval> said, String fingerprint, Map<String, BundledCommit> commits) {
        BundledCommit carrier = commits.get(evidence.decision().carrier().value());
        EvidenceGaps gaps = new EvidenceGaps(evidence, said, trust(evidence), carrier);
        int parts = evidence.missing().size();
        told("missing", gaps.untold(), parts + (parts == 1 ? " part" : " parts") + ", as can be seen");
        if (carrier == null) {
            return;
        }
        told(
                "approvals",
                gaps.unapproved(fingerprint),
                "those whose records the commit " + carrier.id() + " names are here");
        String then = carrier.trailers().getOrDefault(Trailers.RECORDS, "");
        if (commits.containsKey(then)) {
            told(
                    "records of that moment",
                    gaps.leftOut(commits.get(then), fingerprint),
                    "all people's words of the commit " + then + " are here");
        } else if (!then.isEmpty()) {
            part("records of that moment", true, "not shown: its signer alone answers for it that none was left out");
        }
    }

    private void told(String name, List<String> wrong, String right) {
        part(name, wrong.isEmpty(), wrong.isEmpty() ? right : String.join("; ", wrong));
    }

    /** A person's word that counts; empty for all else. */
    private Optional<Approval> record(Evidence evidence, Kept kept, String fingerprint) {
        List<Unbelieved> doubts = new ArrayList<>();
        Records records = records(evidence);
        if (kept.path().startsWith("health/")) {
            var health = records.health(kept.path(), kept.envelope(), doubts::add)
                    .filter(one -> one.service().equals(evidence.service())
                            && one.digest().equals(evidence.release().image().digest()));
            part(
                    "record " + kept.path(),
                    health.isPresent(),
                    health.map(one -> one.status().name().toLowerCase(java.util.Locale.ROOT) + " in "
                                    + one.environment() + " since "
                                    + one.since().truncatedTo(ChronoUnit.SECONDS) + ", commit " + one.commit())
                            .orElseGet(() -> why(doubts)));
            return Optional.empty();
        }
        Optional<Approval> approval = records.approval(kept.path(), kept.envelope(), doubts::add)
                .filter(one -> one.fingerprint().equals(fingerprint));
        part(
                "record " + kept.path(),
                approval.isPresent(),
                approval.map(Approval::sentence).orElseGet(() -> why(doubts)));
        return approval;
    }

    private static String why(List<Unbelieved> doubts) {
        return doubts.isEmpty() ? "it is of something else" : doubts.get(0).why();
    }

    private void provenance(Evidence evidence, String envelope) {
        Optional<Provenance> counts =
                records(evidence).provenances(evidence.release().image(), List.of(envelope)).stream()
                        .filter(one -> one.origin().service().equals(evidence.service()))
                        .findFirst();
        part(
                "provenance",
                counts.isPresent(),
                counts.map(one -> "built from " + one.origin().sourceUrl() + "@"
                                + one.origin().source() + " (" + one.origin().ref() + ") by build "
                                + one.origin().build() + ", tests " + one.tests())
                        .orElse("no listed orchestrator signed it for this image"));
    }

    private void image(Evidence evidence, ImageSignature signature) {
        Optional<SigningKey> by =
                trusted.imageKeys(evidence).stream().filter(signature::madeBy).findFirst();
        boolean fits = by.isPresent()
                && signature.image().equals(evidence.release().image().digest().value())
                && signature.payload().contains(signature.image());
        part(
                "image's signature",
                fits,
                by.map(key -> "by " + key.name() + " of " + signature.image())
                        .orElse("by none of the keys that counted then"));
    }

    /** Proven when the file was made; that the platform lists who it was can be seen again. */
    private void keyless(CertifiedSigner signer) {
        boolean listed = trusted.platform() == null
                || trusted.platform().images().keyless().counts(signer);
        part(
                "image's signature without a key",
                listed,
                signer.sentence() + (listed ? "" : ", whom 'signedBy' does not list"));
    }
}
