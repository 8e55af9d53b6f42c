package io.imaas.jenkins.job;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.model.Failure;
import hudson.model.Item;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.imaas.jenkins.config.TenantProperty;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;

/**
 * Takes away what {@link JenkinsJobs} made for a tenant, and nothing else: a folder that somebody made by hand stays, and
 * so does one in which somebody put jobs of their own.
 */
final class JobRemovals {
    private final Tenant tenant;
    private final String folderName;

    JobRemovals(Tenant tenant) {
        this.tenant = tenant;
        this.folderName = TenantFolders.fullName(tenant.name());
    }

    List<Effect> job(Service service) throws IOException {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return jobAsSystem(service);
        }
    }

    /** As the system: what the one who asks may not see is there all the same, and must not go unnoticed. */
    List<Effect> folder() throws IOException {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return folderAsSystem();
        }
    }

    /** Jobs that somebody made by hand in the folder that onboarding made; elsewhere they are nobody's obstacle. */
    List<String> foreign() {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            return TenantFolders.find(tenant.name())
                    .filter(folder ->
                            folder.getProperties().get(TenantProperty.class).isMadeByOnboarding())
                    .stream()
                    .flatMap(folder -> folder.getItems().stream())
                    .filter(item -> !isOurs(item))
                    .map(item -> "Jenkins job " + item.getFullName())
                    .toList();
        }
    }

    private List<Effect> jobAsSystem(Service service) throws IOException {
        String name = service.name().value();
        Item found = TenantFolders.find(tenant.name())
                .map(folder -> folder.getItem(name))
                .orElse(null);
        if (found == null) {
            return List.of(Effect.unchanged(JenkinsJobs.JOB, folderName + "/" + name));
        }
        if (!isOurs(found)) {
            throw notOurs(List.of(found));
        }
        return List.of(delete(found, JenkinsJobs.JOB));
    }

    private List<Effect> folderAsSystem() throws IOException {
        Optional<AbstractFolder<?>> found = TenantFolders.find(tenant.name());
        if (found.isEmpty()) {
            return List.of(Effect.unchanged(JenkinsJobs.FOLDER, folderName));
        }
        AbstractFolder<?> folder = found.get();
        boolean ours = folder.getProperties().get(TenantProperty.class).isMadeByOnboarding();
        List<Item> jobs = new ArrayList<>();
        List<Item> strange = new ArrayList<>();
        folder.getItems().forEach(item -> (isOurs(item) ? jobs : strange).add(item));
        if (ours && !strange.isEmpty()) {
            throw notOurs(strange);
        }
        List<Effect> effects = new ArrayList<>();
        for (Item job : jobs) {
            effects.add(delete(job, JenkinsJobs.JOB));
        }
        effects.add(ours ? delete(folder, JenkinsJobs.FOLDER) : released(folder));
        return effects;
    }

    /** It was there before the tenant, and outlives it; it only is not a tenant's space any more. */
    private static Effect released(AbstractFolder<?> folder) throws IOException {
        folder.getProperties().remove(TenantProperty.class);
        folder.save();
        return Effect.updated(
                JenkinsJobs.FOLDER, folder.getFullName(), "stays, since it was made by hand; no longer the tenant's");
    }

    /** The sources of a job that onboarding made are named like the job; those of a job made by hand are not. */
    private static boolean isOurs(Item item) {
        if (item instanceof WorkflowMultiBranchProject job) {
            return job.getSCMSources().stream()
                    .anyMatch(source -> item.getFullName().equals(source.getId()));
        }
        return item instanceof WorkflowJob job && JobOfHand.is(job);
    }

    private static Effect delete(Item item, String type) throws IOException {
        String name = item.getFullName();
        try {
            item.delete();
        } catch (Failure e) {
            // Builds that go on though they were asked to end.
            throw FailureException.external(
                    "Jenkins can't delete it yet: " + e.getMessage(), name, "end its builds, and run it again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureException.external("interrupted while it was deleted", name, "run it again", e);
        }
        return Effect.deleted(type, name, "with its builds");
    }

    private FailureException notOurs(List<Item> strange) {
        return FailureException.policy(
                "it is not deleted: somebody else made "
                        + String.join(
                                ", ", strange.stream().map(Item::getFullName).toList()),
                "folder " + folderName,
                "move or delete that by hand, or give the service back to the metadata with 'offboarding'");
    }
}
