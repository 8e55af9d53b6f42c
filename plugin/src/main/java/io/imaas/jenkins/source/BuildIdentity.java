package io.imaas.jenkins.source;

import hudson.model.Run;
import io.imaas.app.Ownership;
import io.imaas.jenkins.job.TenantFolders;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import java.util.Optional;

/**
 * For whom a build may act. A build is of the tenant that has its repository; it must also lie in that tenant's folder
 * as soon as there is one. A build whose script is written into its job acts for the tenant whose folder it lies in.
 */
public record BuildIdentity(Run<?, ?> run, Optional<BuildSource> source) {
    public static BuildIdentity of(Run<?, ?> run) {
        return new BuildIdentity(run, BuildSource.of(run));
    }

    /**
     * What the build's repository is for.
     *
     * @throws FailureException INPUT when its script comes from no repository, or from one that is nobody's
     */
    public Ownership ownership() {
        BuildSource from = source.orElseThrow(() -> FailureException.input(
                "this build's Jenkinsfile comes from no Git repository",
                run.getParent().getFullName(),
                "use a multibranch job, or a Pipeline from SCM"));
        Ownership owner = PlatformWorld.get().tenancy().of(from.repository());
        if (owner instanceof Ownership.Metadata) {
            requireOutsideOfTenants();
        } else {
            requireFolderOf(tenantOf(owner));
        }
        return owner;
    }

    public Tenant tenant() {
        if (source.isPresent()) {
            Ownership owner = ownership();
            if (owner instanceof Ownership.Metadata) {
                throw FailureException.policy(
                        "the platform's own jobs act for no single tenant",
                        run.getParent().getFullName(),
                        "use a job of the tenant");
            }
            return tenantOf(owner);
        }
        return TenantFolders.tenantAbove(run.getParent())
                .map(name -> PlatformWorld.get().tenant(new TenantName(name)))
                .orElseThrow(() -> FailureException.policy(
                        "this job belongs to no tenant",
                        run.getParent().getFullName(),
                        "put it into the tenant's folder, or take its Jenkinsfile from the tenant's repository"));
    }

    /** Refuses to act for anybody else. */
    public void requireTenant(String named) {
        Tenant own = tenant();
        if (!named.isEmpty() && !own.name().value().equals(named)) {
            throw FailureException.policy(
                    "a job of tenant " + own.name() + " can't act for tenant '" + named + "'",
                    run.getParent().getFullName(),
                    "leave 'tenant' out: it follows from the job's repository and folder");
        }
    }

    /** Refuses a pull request from a fork: it is built and tested, and nothing is done in the tenant's name. */
    public void requireOwnCode() {
        if (source.filter(BuildSource::forked).isPresent()) {
            throw FailureException.policy(
                    "a pull request from a fork gets no credentials",
                    run.getParent().getFullName(),
                    "push the branch to the repository itself to go further than tests");
        }
    }

    private static Tenant tenantOf(Ownership owner) {
        return owner instanceof Ownership.GitOps gitops ? gitops.tenant() : ((Ownership.Sources) owner).tenant();
    }

    private void requireFolderOf(Tenant tenant) {
        Optional<String> above = TenantFolders.tenantAbove(run.getParent());
        boolean elsewhere = above.isEmpty()
                ? TenantFolders.find(tenant.name()).isPresent()
                : !above.get().equals(tenant.name().value());
        if (elsewhere) {
            throw FailureException.policy(
                    "the repository belongs to tenant " + tenant.name() + ", this job does not",
                    run.getParent().getFullName(),
                    "move the job into folder " + TenantFolders.fullName(tenant.name()));
        }
    }

    private void requireOutsideOfTenants() {
        if (TenantFolders.tenantAbove(run.getParent()).isPresent()) {
            throw FailureException.policy(
                    "a tenant's job can't work on the platform repository",
                    run.getParent().getFullName(),
                    "make the job outside of the tenants' folders");
        }
    }
}
