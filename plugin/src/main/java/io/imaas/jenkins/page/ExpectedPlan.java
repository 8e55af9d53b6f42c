package io.imaas.jenkins.page;

import io.imaas.app.Imaas;
import io.imaas.app.RequestReader;
import io.imaas.jenkins.run.Advice;
import io.imaas.jenkins.run.PlanPanel;
import io.imaas.jenkins.source.Actor;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.model.failure.FailureException;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.tenancy.Tenant;
import java.util.List;
import java.util.Map;

/**
 * What a build of the job of hand would do if it were started now.
 *
 * @param panel its plan; null where there can be none
 * @param failure why there is none; empty where there is one
 */
public record ExpectedPlan(PlanPanel panel, String failure) {
    /** Asks the engine what the visitor's build would ask; nothing is changed. */
    static ExpectedPlan of(Tenant tenant, Map<String, String> texts) {
        var visitor = Actor.ofVisitor().asRequester();
        try {
            PlanRequest request = RequestReader.read(texts, "this page");
            return SlowAnswers.get().of(List.of(tenant.name(), request, visitor), () -> {
                Imaas imaas = PlatformWorld.get().engine(tenant).imaas();
                return new ExpectedPlan(
                        PlanPanel.of(
                                imaas.plan(tenant, request, visitor),
                                imaas.ports().clock().now()),
                        "");
            });
        } catch (FailureException e) {
            return new ExpectedPlan(null, Advice.inJenkins(e.failure()).sentence());
        }
    }
}
