package io.imaas.cli.doctor;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.BranchProtection;
import io.imaas.model.source.ForgeRight;
import io.imaas.port.RepositorySetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether our token has the documented rights on a Git server, and whether the orchestrator's own branches are protected.
 *
 * @param server empty where it has no API that is known
 */
record ForgeCheck(Supplier<Optional<RepositorySetup>> server) implements Supplier<CheckResult> {
    /** What only the orchestrator writes, and what it believes therefore. */
    private static final List<String> OWN_BRANCHES = List.of(GitOpsPaths.RENDERED, GitOpsPaths.RECORDS.value());

    @Override
    public CheckResult get() {
        Optional<RepositorySetup> setup = server.get();
        if (setup.isEmpty()) {
            return CheckResult.skipped("a server that only speaks Git", "protect its branches by its own means");
        }
        List<ForgeRight> rights = setup.get().rights();
        List<String> missing = rights.stream()
                .filter(right -> !right.held())
                .map(ForgeRight::advice)
                .toList();
        if (missing.size() == rights.size()) {
            return CheckResult.fail(
                    "our token has none of the rights: " + String.join(", ", missing),
                    "give it the rights of docs/rights.md");
        }
        List<String> open = new ArrayList<>();
        for (String branches : OWN_BRANCHES) {
            List<String> gaps = setup.get().gaps(BranchProtection.orchestratorAlone(branches));
            if (!gaps.isEmpty()) {
                open.add(branches + ": " + String.join(", ", gaps));
            }
        }
        List<String> found = new ArrayList<>();
        if (!missing.isEmpty()) {
            found.add("our token lacks " + String.join(", ", missing));
        }
        if (!open.isEmpty()) {
            found.add("not protected: " + String.join("; ", open));
        }
        return found.isEmpty()
                ? CheckResult.ok("our token has all rights, and the orchestrator's branches are its own")
                : CheckResult.warn(
                        String.join(". ", found),
                        "give the rights of docs/rights.md, and let only the orchestrator's account push to "
                                + String.join(" and ", OWN_BRANCHES));
    }
}
