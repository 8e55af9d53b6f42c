package io.imaas.plan.delivery;

import io.imaas.model.source.BranchName;
import io.imaas.model.source.SourceHead;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Preview;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a change of a service's sources is for.
 *
 * @param from where a promotion takes the release from; otherwise null
 * @param to the environment that changes; null when none does
 * @param sentence the same for people
 */
public record Aim(Intent intent, EnvironmentName from, EnvironmentName to, String sentence) implements Serializable {
    private static final Set<String> TRUNKS = Set.of("main", "master");

    /**
     * A pull request is checked; a tag becomes an image; a branch named like the service's first environment, or the
     * trunk, is delivered there; one named like a later environment promotes what was built from these sources; any
     * other branch is checked.
     */
    public static Aim of(Tenant tenant, Service service, SourceHead head) {
        if (head instanceof SourceHead.PullRequest pull) {
            return new Aim(Intent.CHECK, null, null, "pull request #" + pull.number() + " is checked");
        }
        if (head instanceof SourceHead.Tag tag) {
            return new Aim(Intent.IMAGE, null, null, "tag " + tag.name() + " becomes an image and is released nowhere");
        }
        return ofBranch(tenant, service, ((SourceHead.Branch) head).name());
    }

    /** A pull request that gets a preview. */
    public static Aim ofPreview(Preview preview) {
        return new Aim(Intent.PREVIEW, null, Previews.SPACE, preview + " runs as " + preview.name());
    }

    /** The same for a branch: what a merge into it would do. */
    public static Aim ofBranch(Tenant tenant, Service service, BranchName branch) {
        List<EnvironmentName> path = service.environments();
        boolean named = tenant.environments().stream()
                .anyMatch(environment -> environment.name().value().equals(branch.value()));
        if (!named) {
            return TRUNKS.contains(branch.value())
                    ? deliver(service, path.get(0))
                    : new Aim(
                            Intent.CHECK,
                            null,
                            null,
                            "branch " + branch + " is none of " + joined(path)
                                    + ": it is checked, and nothing is released");
        }
        int at = path.indexOf(new EnvironmentName(branch.value()));
        if (at < 0) {
            return new Aim(
                    Intent.NOTHING, null, null, service.name() + " skips " + branch + ": there is nothing to do");
        }
        return at == 0 ? deliver(service, path.get(0)) : promote(service, path.get(at - 1), path.get(at));
    }

    private static String joined(List<EnvironmentName> path) {
        return path.stream().map(EnvironmentName::value).collect(Collectors.joining(", "));
    }

    private static Aim deliver(Service service, EnvironmentName to) {
        return new Aim(Intent.DELIVER, null, to, service.name() + " is built from these sources and goes to " + to);
    }

    private static Aim promote(Service service, EnvironmentName from, EnvironmentName to) {
        return new Aim(
                Intent.PROMOTE,
                from,
                to,
                "the release of " + service.name() + " that was built from these very sources goes from " + from
                        + " to " + to);
    }
}
