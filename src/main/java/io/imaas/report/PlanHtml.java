package io.imaas.report;

import io.imaas.plan.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan as a fragment of HTML: its gates, its steps, and every line of the manifests that changes. */
public final class PlanHtml {
    private PlanHtml() {}

    public static String fragment(Plan plan) {
        Html html = new Html().fragment(GatesHtml.fragment(plan.gates())).open("ol", "class", "steps");
        plan.steps().forEach(step -> {
            html.open("li").element("span", step.title(), "class", "title");
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
