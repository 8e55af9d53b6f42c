package io.imaas.app;

import io.imaas.model.evidence.Evidence;
import io.imaas.model.evidence.Evidence.Build;
import io.imaas.model.record.Trust;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.Approval.Verdict;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Trailers;
import io.imaas.plan.snapshot.ForcedChange;
import io.imaas.port.BundleReader.BundledCommit;
import java.io.Serializable;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an evidence file lacks, worked out from the file: otherwise only whoever signed it says that nothing was left out.
 *
 * @param said the words of people in the file that count
 * @param trust says which names are one person's
 * @param carrier the commit that tells what was decided
 */
record EvidenceGaps(Evidence evidence, List<Approval> said, Trust trust, BundledCommit carrier)
        implements Serializable {
    /** Where {@code missing} does not say of each part whether it is there, in words. */
    List<String> untold() {
        Build build = evidence.build();
        String health = GitOpsPaths.health(
                evidence.service(),
                evidence.environment(),
                evidence.release().image().digest());
        Map<String, Boolean> lacks = new LinkedHashMap<>();
        lacks.put("manifests", evidence.decision().rendered() == null);
        lacks.put("gates", evidence.decision().gates().isEmpty());
        lacks.put("rollout", evidence.records().stream().noneMatch(kept -> kept.path()
                .equals(health)));
        lacks.put(
                "image's signature",
                build.signatures().isEmpty() && build.keyless().isEmpty());
        lacks.put("provenance", build.provenances().isEmpty());
        lacks.put("SBOM", build.sbom().isEmpty());
        lacks.put(
                "second person",
                said.stream()
                        .anyMatch(one -> one.verdict() == Verdict.OVERRIDE
                                && ForcedChange.confirmation(trust, said, one).isEmpty()));
        Set<String> told = evidence.missing().stream()
                .map(line -> line.split(": ", 2)[0])
                .collect(Collectors.toCollection(HashSet::new));
        if (told.contains("build")) {
            told.addAll(List.of("image's signature", "provenance", "SBOM"));
        }
        List<String> found = new ArrayList<>();
        lacks.forEach((part, absent) -> {
            if (absent != told.contains(part)) {
                found.add((absent ? "not told: " : "told, and there all the same: ") + part);
            }
        });
        return found;
    }

    /** What the commit tells of approvals of this content, and the file does not. */
    List<String> unapproved(String fingerprint) {
        String own = GitOpsPaths.approvals(evidence.environment(), fingerprint) + "/";
        List<String> counted = Stream.of(carrier.trailers()
                        .getOrDefault(Trailers.APPROVAL_RECORDS, "")
                        .split(", "))
                .filter(path -> path.startsWith(own))
                .toList();
        List<String> found = new ArrayList<>();
        counted.stream().filter(this::lacks).forEach(path -> found.add("no record of it is here: " + path));
        said.stream()
                .filter(one -> !counted.isEmpty()
                        && one.verdict() == Verdict.NO
                        && one.at()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .isBefore(evidence.decision().at()))
                .forEach(no -> found.add("the gate was open, although it was " + no.sentence()));
        return found;
    }

    /** Whether the file neither has the record nor says why it is missing. */
    private boolean lacks(String path) {
        return evidence.records().stream().noneMatch(kept -> kept.path().equals(path))
                && evidence.missing().stream().noneMatch(line -> line.startsWith("records: ") && line.contains(path));
    }

    /**
     * Records of the moment of the decision that the file leaves out.
     *
     * @param then the branch of records as it counted for the commit that tells of the decision
     */
    List<String> leftOut(BundledCommit then, String fingerprint) {
        List<String> found = new ArrayList<>();
        for (String folder : List.of(
                GitOpsPaths.approvals(evidence.environment(), fingerprint),
                GitOpsPaths.overrides(evidence.environment(), fingerprint))) {
            names(then, folder).stream().filter(this::lacks).forEach(found::add);
        }
        return found;
    }

    /** What is in a folder; or the folder, or one above it, where only its name is in the bundle. */
    private static Set<String> names(BundledCommit commit, String folder) {
        String parent = "";
        for (int end = 0; end < folder.length(); ) {
            end = folder.indexOf('/', end + 1);
            end = end < 0 ? folder.length() : end;
            Map<String, String> there = commit.entries().get(parent);
            if (there == null) {
                return Set.of(parent);
            }
            parent = folder.substring(0, end);
            if (!there.containsKey(parent)) {
                return Set.of();
            }
        }
        return commit.entries().getOrDefault(folder, Map.of(folder, "")).keySet();
    }
}
