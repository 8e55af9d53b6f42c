package io.imaas.jenkins.page;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.Util;
import hudson.model.Failure;
import hudson.model.ModelObject;
import hudson.security.AccessControlled;
import io.imaas.jenkins.job.JobOfHand;
import io.imaas.jenkins.run.Advice;
import io.imaas.jenkins.source.Actor;
import io.imaas.jenkins.source.ImaasPermissions;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.model.failure.FailureException;
import io.imaas.model.request.EvidenceRequest;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.snapshot.AuditEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** {@code imaas/tenant/NAME/}: one tenant; only made for those who may see it. */
public final class TenantPage implements ModelObject {
    /** As far back as a rollback is offered. */
    private static final int RELEASES = 50;

    private final Tenant tenant;

    TenantPage(Tenant tenant) {
        this.tenant = tenant;
    }

    @Override
    public String getDisplayName() {
        return tenant.displayName().isEmpty() ? tenant.name().value() : tenant.displayName();
    }

    public TenantView getView() {
        return new PlatformView()
                .tenant(tenant.name().value())
                .orElseThrow(() -> new Failure("There is no such tenant."));
    }

    /** Another one when anything that the visitor may see changed, but for times. */
    public String getRevision() {
        return new PlatformView().getRevision();
    }

    public String getName() {
        return tenant.name().value();
    }

    private List<String> services() {
        return tenant.services().stream().map(service -> service.name().value()).toList();
    }

    private List<String> environments() {
        return tenant.environments().stream()
                .map(environment -> environment.name().value())
                .toList();
    }

    /** Asks what exactly is to be done; changes nothing. */
    @GET
    public HttpResponse doHand(
            @QueryParameter String action,
            @QueryParameter String service,
            @QueryParameter String from,
            @QueryParameter String to) {
        hand();
        require(action, service, from, to);
        return HttpResponses.forwardToView(this, "form.jelly");
    }

    /** What the form would set off, as things are now. */
    public ExpectedPlan expected(String action, String service, String from, String to, String release) {
        return ExpectedPlan.of(
                tenant,
                Map.of(
                        "intent", action,
                        "service", service,
                        "from", Util.fixNull(from),
                        "to", to,
                        "environment", to,
                        "release", Util.fixNull(release)));
    }

    /** The releases that a rollback may bring back, newest first, by digest; the one that runs is none of them. */
    public Map<String, String> earlier(String service, String to) {
        Map<String, String> earlier = new LinkedHashMap<>();
        try {
            SlowAnswers.get()
                    .of(List.of(tenant.name(), "earlier", service, to), () -> PlatformWorld.get()
                            .engine(tenant)
                            .imaas()
                            .overview(tenant)
                            .audit(new ServiceName(service), new EnvironmentName(to), null, RELEASES))
                    .stream()
                    .map(AuditEntry::release)
                    .filter(Objects::nonNull)
                    .forEach(release -> earlier.putIfAbsent(
                            release.image().digest().value(),
                            release.version() + " (" + release.image().digest().abbreviated() + ")"));
        } catch (FailureException e) {
            return Map.of(
                    "",
                    "The one before: others can't be read now, " + e.failure().what());
        }
        earlier.keySet().stream().findFirst().ifPresent(earlier::remove);
        return earlier;
    }

    /** What lies between two environments of a service. */
    @GET
    public HttpResponse doDiff(@QueryParameter String service, @QueryParameter String from, @QueryParameter String to) {
        requireOneOf("service", service, services());
        requireOneOf("from", from, environments());
        requireOneOf("to", to, environments());
        return HttpResponses.forwardToView(DiffPage.of(tenant, service, from, to), "index.jelly");
    }

    /** All changes of a period. */
    @GET
    public HttpResponse doAudit(@QueryParameter String days) {
        return HttpResponses.forwardToView(PeriodPage.of(tenant, days), "index.jelly");
    }

    /** The same for spreadsheets. */
    @GET
    @WebMethod(name = "audit.csv")
    public void doAuditFile(@QueryParameter String days, StaplerResponse2 response) throws IOException {
        download(
                response,
                "text/csv",
                "attachment; filename=\"" + tenant.name() + "-audit.csv\"",
                PeriodPage.of(tenant, days).report().csv());
    }

    /** All that is known of what runs there, as one signed file. */
    @GET
    public void doEvidence(@QueryParameter String service, @QueryParameter String to, StaplerResponse2 response)
            throws IOException {
        requireOneOf("service", service, services());
        requireOneOf("to", to, environments());
        EvidenceRequest wanted = new EvidenceRequest(new ServiceName(service), new EnvironmentName(to), "");
        String file;
        try {
            file = PlatformWorld.get()
                    .engine(tenant)
                    .imaas()
                    .overview(tenant)
                    .evidence(wanted, Actor.ofVisitor().asRequester());
        } catch (FailureException e) {
            throw new Failure(Advice.inJenkins(e.failure()).sentence());
        }
        download(response, "application/json", wanted.disposition(tenant.name()), file);
    }

    private static void download(StaplerResponse2 response, String type, String disposition, String file)
            throws IOException {
        response.setContentType(type + ";charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Disposition", disposition);
        response.getOutputStream().write(file.getBytes(StandardCharsets.UTF_8));
    }

    private WorkflowJob hand() {
        AbstractFolder<?> folder = Visitor.folder(tenant.name()).orElse(null);
        AccessControlled where = folder == null ? Jenkins.get() : folder;
        where.checkPermission(folder == null ? Jenkins.ADMINISTER : ImaasPermissions.PROMOTE);
        if (folder == null) {
            throw new Failure("The tenant has no folder here: onboard it first.");
        }
        return JobOfHand.find(folder)
                .orElseThrow(() -> new Failure("The tenant's folder has no job that promotes: onboard it again."));
    }

    /** Starts a build that promotes, rolls back or says a person's word; the plan that it makes decides whether it may. */
    @RequirePOST
    public HttpResponse doStart(
            @QueryParameter String action,
            @QueryParameter String service,
            @QueryParameter String from,
            @QueryParameter String to,
            @QueryParameter String release,
            @QueryParameter String reason) {
        WorkflowJob job = hand();
        require(action, service, from, to);
        boolean silent = JobOfHand.WORDS.contains(action) && !"refuse".equals(action);
        if (Util.fixNull(reason).isBlank() && !silent) {
            throw new Failure("Give a reason: the audit log keeps it.");
        }
        boolean back = JobOfHand.ROLL_BACK.equals(action);
        if (!JobOfHand.start(
                job, action, service, back ? "" : from, to, back ? Util.fixNull(release) : "", Util.fixNull(reason))) {
            throw new Failure("The job " + job.getFullDisplayName() + " takes no builds at the moment.");
        }
        return new HttpRedirect(Jenkins.get().getRootUrlFromRequest() + job.getUrl());
    }

    private void require(String action, String service, String from, String to) {
        List<String> actions = new ArrayList<>(JobOfHand.WORDS);
        actions.addAll(List.of(JobOfHand.PROMOTE, JobOfHand.ROLL_BACK));
        requireOneOf("action", action, actions);
        requireOneOf("service", service, services());
        requireOneOf("to", to, environments());
        boolean named = !Util.fixNull(from).isEmpty() && !JobOfHand.ROLL_BACK.equals(action);
        if (JobOfHand.PROMOTE.equals(action) || named) {
            requireOneOf("from", from, environments());
        }
    }

    private static void requireOneOf(String field, String value, List<String> known) {
        if (value == null || !known.contains(value)) {
            throw new Failure("'" + value + "' is not a known " + field + " here; known: " + String.join(", ", known));
        }
    }
}
