package io.imaas.report;

import io.imaas.plan.Plan;
import io.imaas.plan.step.NotNeeded;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan as a fragment of HTML: its gates, its steps, and every line of the manifests that changes. */
public final class PlanHtml {
    private PlanHtml() {}

    public static String fragment(Plan plan) {
        Html html = new Html().fragment(GatesHtml.fragment(plan.gates())).open("ol", "class", "steps planned");
        plan.steps().forEach(step -> {
            NotNeeded not = step instanceof NotNeeded known ? known : null;
            html.open("li", "class", not == null ? null : "skipped").element("span", step.title(), "class", "title");
            if (not != null) {
                html.element("span", "not needed, " + not.reason(), "class", "detail");
            }
            step.deletions().forEach(thing -> html.element("span", "deletes " + thing, "class", "detail problem"));
            html.close("li");
        });
        html.close("ol");
        plan.notes().forEach(html::note);
        Map<String, List<String>> changed = new LinkedHashMap<>();
        plan.changes().forEach(change -> changed.put("Manifests of " + change.service(), change.lines()));
        return html.fragment(DiffHtml.fragment(changed)).toString();
    }
}
