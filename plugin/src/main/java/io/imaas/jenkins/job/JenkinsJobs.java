package io.imaas.jenkins.job;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.jenkins.config.TenantProperty;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.JobServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.branch.BranchSource;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;

/**
 * Makes what a tenant needs in this Jenkins, and leaves what people changed in it as it is; takes it away when the tenant
 * is offboarded.
 */
public final class JenkinsJobs implements JobServer {
    static final String FOLDER = "folder";
    static final String JOB = "job";

    /** The job that reviews and follows what comes onto the branches of the tenant's GitOps repository. */
    private static final String DELIVERY = "gitops";

    @Override
    public List<Effect> ensureFolder(Tenant tenant) {
        List<Effect> effects = new ArrayList<>();
        try {
            Folder folder = folder(tenant, effects);
            if (folder.getProperties().get(TenantProperty.class) == null) {
                folder.getProperties().add(new TenantProperty());
                folder.save();
                effects.add(Effect.updated(FOLDER, folder.getFullName(), "marked as the tenant's"));
            }
            effects.addAll(CredentialsBinding.ensure(folder));
            job(folder, DELIVERY, tenant.gitops(), effects);
            effects.add(JobOfHand.ensure(folder, tenant));
        } catch (IOException e) {
            throw failed(tenant, e);
        }
        return effects;
    }

    @Override
    public List<Effect> ensureJob(Tenant tenant, Service service) {
        List<Effect> effects = new ArrayList<>();
        try {
            Folder folder = folder(tenant, effects);
            job(folder, service.name().value(), service.repository(), effects);
        } catch (IOException e) {
            throw failed(tenant, e);
        }
        return effects;
    }

    @Override
    public List<Effect> removeJob(Tenant tenant, Service service) {
        try {
            return new JobRemovals(tenant).job(service);
        } catch (IOException e) {
            throw failed(tenant, e);
        }
    }

    @Override
    public List<String> foreign(Tenant tenant) {
        return new JobRemovals(tenant).foreign();
    }

    @Override
    public List<Effect> removeFolder(Tenant tenant) {
        try {
            return new JobRemovals(tenant).folder();
        } catch (IOException e) {
            throw failed(tenant, e);
        }
    }

    private static Folder folder(Tenant tenant, List<Effect> effects) throws IOException {
        String name = TenantFolders.fullName(tenant.name());
        Item found = Jenkins.get().getItemByFullName(name);
        if (found instanceof Folder folder) {
            effects.add(Effect.unchanged(FOLDER, name));
            return folder;
        }
        if (found != null) {
            throw inTheWay(name);
        }
        Folder folder = make(parent(), Folder.class, tenant.name().value());
        folder.setDisplayName(tenant.displayName());
        folder.getProperties().add(TenantProperty.ofOnboarding());
        folder.save();
        effects.add(Effect.created(FOLDER, name, tenant.displayName()));
        return folder;
    }

    private static ModifiableTopLevelItemGroup parent() throws IOException {
        String name = ImaasConfiguration.get().getTenantsFolder();
        if (name.isEmpty()) {
            return Jenkins.get();
        }
        Item found = Jenkins.get().getItemByFullName(name);
        if (found instanceof Folder folder) {
            return folder;
        }
        if (found != null || name.contains("/")) {
            throw inTheWay(name);
        }
        return make(Jenkins.get(), Folder.class, name);
    }

    private static <T extends TopLevelItem> T make(ModifiableTopLevelItemGroup group, Class<T> type, String name)
            throws IOException {
        TopLevelItemDescriptor descriptor =
                (TopLevelItemDescriptor) Jenkins.get().getDescriptorOrDie(type);
        return type.cast(group.createProject(descriptor, name, true));
    }

    private static void job(Folder folder, String name, RepositoryUrl repository, List<Effect> effects)
            throws IOException {
        String fullName = folder.getFullName() + "/" + name;
        Item found = folder.getItem(name);
        if (found instanceof WorkflowMultiBranchProject job) {
            boolean same = job.getSCMSources().stream().anyMatch(source -> BranchSources.reads(source, repository));
            if (same) {
                effects.add(Effect.unchanged(JOB, fullName));
                return;
            }
            job.setSourcesList(List.of(new BranchSource(BranchSources.of(folder, fullName, repository))));
            job.save();
            effects.add(Effect.updated(JOB, fullName, "now reads " + repository));
            job.scheduleBuild2(0);
            return;
        }
        if (found != null) {
            throw inTheWay(fullName);
        }
        WorkflowMultiBranchProject job = make(folder, WorkflowMultiBranchProject.class, name);
        job.setSourcesList(List.of(new BranchSource(BranchSources.of(folder, fullName, repository))));
        job.save();
        job.scheduleBuild2(0);
        effects.add(Effect.created(JOB, fullName, "reads " + repository));
    }

    private static FailureException inTheWay(String name) {
        return FailureException.input(
                "there is something else of this name", name, "rename it, or configure another folder of tenants");
    }

    private static FailureException failed(Tenant tenant, IOException e) {
        return FailureException.external(
                "Jenkins could not save it: " + e, tenant.name().value(), "see the controller's log", e);
    }
}
