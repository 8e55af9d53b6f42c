package io.imaas.report;

import io.imaas.model.failure.Failure;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.model.tenancy.VulnerabilityPolicy.Exemption;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * Something that waits for somebody.
 *
 * @param tenant null when it concerns the platform as a whole
 * @param service null, like {@code environment}, when it concerns the tenant as a whole
 * @param what one sentence
 * @param since when it began to wait; null when nobody knows
 * @param whom teams and people who can do something about it; empty where time alone does
 * @param command complete, to be pasted; empty where there is none
 */
public record InboxItem(
        TenantName tenant,
        ServiceName service,
        EnvironmentName environment,
        Kind kind,
        String what,
        Instant since,
        List<String> whom,
        String command)
        implements Serializable {
    /** In the order in which it is read. */
    public enum Kind {
        /** What runs is degraded, or could not be applied. */
        FAILING,
        /** The tenant, or what is written of a service, can't be read. */
        UNREADABLE,
        /** Gates were passed by force, and a second person must say that it was right. */
        OVERRIDE,
        /** A release waits for somebody's approval. */
        APPROVAL,
        /** A closed gate needs somebody to do something. */
        ACTION,
        /** A release can be promoted at once. */
        READY,
        /** A hold keeps releases away. */
        HELD,
        /** A gate opens by itself: a freeze, a soak time. */
        TIME
    }

    /** A tenant whose repository can't be read. */
    public static InboxItem unreadable(Tenant tenant, Failure why) {
        return unreadable(tenant, why.sentence());
    }

    /** The same for whoever kept the sentence alone. */
    public static InboxItem unreadable(Tenant tenant, String why) {
        return new InboxItem(tenant.name(), null, null, Kind.UNREADABLE, why, null, tenant.owners(), "");
    }

    /**
     * An exception that ends soon, or has ended.
     *
     * @param command that opens the platform's file; empty where nobody knows it
     */
    public static InboxItem ending(Exemption one, LocalDate today, String command) {
        String when = one.until().isBefore(today) ? " ended on " : " ends on ";
        String what = "the exception for " + one.id() + " (" + one.reason() + ")" + when + one.until()
                + ": renew it in policy.images.vulnerabilities.exceptions of platform.yaml, or remove it";
        return new InboxItem(null, null, null, Kind.ACTION, what, null, List.of(one.owner()), command);
    }

    public InboxItem {
        whom = List.copyOf(whom);
    }

    /** The tenant's name, or {@code platform}. */
    public String place() {
        return tenant == null ? "platform" : tenant.value();
    }
}
