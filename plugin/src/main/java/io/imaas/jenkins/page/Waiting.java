package io.imaas.jenkins.page;

import io.imaas.jenkins.run.Advice;
import io.imaas.report.InboxItem;
import java.time.Instant;

/**
 * Something that waits, as the page shows it.
 *
 * @param tenant its name; empty when it concerns the platform as a whole
 * @param where service and environment; empty when it concerns the tenant or the platform as a whole
 * @param since null when nobody knows
 * @param whom empty where time alone opens it
 * @param command empty where there is none
 * @param confirm the form in which a second person confirms it, below the tenant's page; empty where there is nothing to confirm
 */
public record Waiting(
        String tenant,
        String where,
        String kind,
        String what,
        Moment since,
        String whom,
        String command,
        String confirm) {
    static Waiting of(InboxItem item, Instant now) {
        return new Waiting(
                item.tenant() == null ? "" : item.tenant().value(),
                item.service() == null ? "" : item.service() + " in " + item.environment(),
                word(item.kind()),
                item.what(),
                item.since() == null ? null : Moment.of(item.since(), now),
                String.join(", ", item.whom()),
                Advice.inJenkins(item.command()),
                item.kind() == InboxItem.Kind.OVERRIDE
                        ? "hand?action=confirm&service=" + item.service() + "&to=" + item.environment()
                        : "");
    }

    private static String word(InboxItem.Kind kind) {
        return switch (kind) {
            case FAILING -> "failing";
            case UNREADABLE -> "can't be read";
            case OVERRIDE -> "override to confirm";
            case APPROVAL -> "approval";
            case ACTION -> "needs action";
            case READY -> "ready";
            case HELD -> "held";
            case TIME -> "opens by itself";
        };
    }
}
