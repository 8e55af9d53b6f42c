package io.imaas.jenkins.world;

import hudson.Extension;
import hudson.util.FormValidation;
import io.imaas.adapter.management.AddressPattern;
import io.imaas.adapter.system.SystemClock;
import io.imaas.app.PlatformRepository;
import io.imaas.jenkins.config.ConnectionTest;
import io.imaas.jenkins.config.RolloutServer;
import io.imaas.jenkins.job.KeptFromBuilds;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import java.nio.file.Path;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Connects with what a form says, and tells what came of it. */
@Extension
public final class TriedConnection implements ConnectionTest {
    /** A connection test reads no repository and follows no rollout. */
    private static final Backend.Surroundings NOWHERE = new Backend.Surroundings(
            url -> {
                throw FailureException.defect("a connection test reads no repository", null);
            },
            target -> Optional.empty(),
            Path.of(""),
            new SystemClock());

    @Override
    public FormValidation ofPlatform(String repository, String branch, String credentialsId) {
        Path cache = Jenkins.get().getRootDir().toPath().resolve("imaas/git/tried");
        return OurClasses.call(() -> {
            try (TenantGit git = TenantGit.with(credentialsId, cache, new SystemClock())) {
                Catalog catalog =
                        new PlatformRepository(git.at(new RepositoryUrl(repository))).tip(new BranchName(branch));
                String found = "Platform " + catalog.platform().name() + " with "
                        + catalog.tenants().size() + " tenants.";
                if (KeptFromBuilds.hasGlobalScope(credentialsId)) {
                    return FormValidation.error(
                            found + " But every build can use these credentials: " + KeptFromBuilds.HOW + ".");
                }
                return Jenkins.get().getNumExecutors() > 0
                        ? FormValidation.warning(
                                found + " But this controller runs builds, which can read its secrets and"
                                        + " the orchestrator's key: give it no executors (Manage Jenkins > Nodes).")
                        : FormValidation.ok(found);
            } catch (FailureException e) {
                return FormValidation.error(e.failure().sentence());
            }
        });
    }

    @Override
    public FormValidation of(RolloutServer server) {
        return OurClasses.call(() -> {
            try (Backend backend = Backend.of(server, NOWHERE)) {
                backend.check();
                return FormValidation.ok("It answers, and lets us in.");
            } catch (FailureException e) {
                return FormValidation.error(e.failure().sentence());
            }
        });
    }

    @Override
    public FormValidation ofAddress(String pattern) {
        try {
            return FormValidation.ok(new AddressPattern(pattern).text());
        } catch (FailureException e) {
            return FormValidation.error(e.failure().sentence());
        }
    }
}
