package io.imaas.report;

import io.imaas.plan.gate.GateAnswer;
import java.util.List;

/** What gates answered, as a list. */
public final class GatesHtml {
    private GatesHtml() {}

    /** Empty without gates. */
    public static String fragment(List<GateAnswer> gates) {
        if (gates.isEmpty()) {
            return "";
        }
        Html html = new Html().open("ul", "class", "gates");
        for (GateAnswer gate : gates) {
            String state = gate.state().word();
            html.open("li")
                    .element("span", gate.gate() + " " + state, "class", "chip " + state)
                    .text(" " + gate.found());
            if (!gate.opening().isEmpty()) {
                html.text(" ").element("em", "Opens: " + gate.opening());
            }
            html.close("li");
        }
        return html.close("ul").toString();
    }
}
