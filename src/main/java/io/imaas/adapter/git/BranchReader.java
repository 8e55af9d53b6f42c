package io.imaas.adapter.git;

import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.port.Seal;
import io.imaas.port.SealedBranches;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/** Where branches stand. */
record BranchReader(Clones clones, SealedTips sealed, Commits commits) {
    Map<BranchName, CommitId> heads(Collection<BranchName> branches) throws IOException {
        Map<BranchName, CommitId> heads = new HashMap<>();
        clones.tips().fetch(branches).forEach((branch, tip) -> heads.put(branch, new CommitId(tip.name())));
        return heads;
    }

    Optional<SealedBranches.Sealed> sealed(BranchName branch, Seal seal, List<List<BranchName>> named)
            throws IOException {
        sealed.note(branch, clones.tips().known(branch), seal);
        List<BranchName> all = new ArrayList<>(List.of(branch));
        named.forEach(all::addAll);
        Map<BranchName, ObjectId> tips = clones.tips().fetch(all);
        ObjectId tip = tips.get(branch);
        // Whoever has no memory asks every branch: it takes more to put back all of them.
        boolean first = SealedTips.lastCounted(clones.tips().repository(), branch) == null;
        for (List<BranchName> known : named) {
            for (ObjectId teller : known.stream()
                    .map(tips::get)
                    .filter(Objects::nonNull)
                    .limit(first ? known.size() : 1)
                    .toList()) {
                sealed.expect(branch, tip, commits.records(clones, teller), seal);
            }
        }
        ObjectId counts = sealed.counting(branch, tip, seal);
        return Optional.ofNullable(tip)
                .map(id -> new SealedBranches.Sealed(
                        counts == null ? null : new CommitId(counts.name()), new CommitId(id.name())));
    }

    Map<BranchName, CommitId> lastSeen(Collection<BranchName> branches) throws IOException {
        Map<BranchName, CommitId> tips = new HashMap<>();
        Set<BranchName> unseen = new HashSet<>();
        for (BranchName branch : branches) {
            ObjectId tip = clones.tips().followed(branch);
            if (tip == null) {
                unseen.add(branch);
            } else {
                tips.put(branch, new CommitId(tip.name()));
            }
        }
        if (!unseen.isEmpty()) {
            clones.tips().fetch(unseen).forEach((branch, tip) -> tips.put(branch, new CommitId(tip.name())));
        }
        return tips;
    }
}
