package io.imaas.model.tenancy;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Who must say yes to what comes to an environment.
 *
 * @param required how many different people; 0 where nobody is asked
 * @param from teams or people ({@code @org/team}, {@code @user}) whose word counts
 * @param requesterMayNot whether who asks for the promotion may not say yes to it
 * @param authorsMayNot whether who wrote a part of what comes, sources or values, may not say yes to it
 * @param provenOnly whether only the word of people counts whose name was proven: by a login, a token or a signature
 * @param expire how long a yes counts; zero: for ever
 */
public record ApprovalPolicy(
        int required,
        List<String> from,
        boolean requesterMayNot,
        boolean authorsMayNot,
        boolean provenOnly,
        Duration expire)
        implements Serializable {
    /** Nobody is asked. */
    public static final ApprovalPolicy NONE = new ApprovalPolicy(0, List.of(), false, false, false, Duration.ZERO);

    public ApprovalPolicy {
        from = List.copyOf(from);
    }

    /** One of them must say yes; empty: nobody is asked. */
    public static ApprovalPolicy oneOf(List<String> approvers) {
        return approvers.isEmpty() ? NONE : new ApprovalPolicy(1, approvers, false, false, false, Duration.ZERO);
    }

    public boolean asksNobody() {
        return from.isEmpty();
    }

    /** The stricter of both in each respect, where somebody is asked at all. */
    public ApprovalPolicy atLeast(ApprovalPolicy minimum) {
        if (asksNobody()) {
            return this;
        }
        boolean shorter = !minimum.expire.isZero() && (expire.isZero() || minimum.expire.compareTo(expire) < 0);
        return new ApprovalPolicy(
                Math.max(required, minimum.required),
                from,
                requesterMayNot || minimum.requesterMayNot,
                authorsMayNot || minimum.authorsMayNot,
                provenOnly || minimum.provenOnly,
                shorter ? minimum.expire : expire);
    }
}
