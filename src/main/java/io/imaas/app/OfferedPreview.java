package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.MiRuntime;
import io.imaas.model.source.SourceHead;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Preview;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Service.ServiceType;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.MarkdownText;
import io.imaas.plan.delivery.DeliveryPlanner;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.port.PullRequests.PullRequest;
import io.imaas.port.TextFiles;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether a pull request of a service gets a preview.
 *
 * @param preview null when it gets none
 * @param values what it runs with: path to text
 * @param head of the branch of previews when a new one was counted; null for one that stands already
 * @param refusal why it gets none, for people
 */
record OfferedPreview(Service service, Preview preview, Map<String, String> values, CommitId head, String refusal) {
    /** Who decides for all services of one pull request. */
    static final class Offers {
        private final TenantWorld world;
        private final Tenant space;
        private final Previews policy;
        private final SourceHead.PullRequest pull;
        private final CommitId commit;
        private final StandingPreviews standing;
        private final SortedSet<ServiceName> taken;

        Offers(TenantWorld world, SourceHead.PullRequest pull, CommitId commit) {
            this.world = world;
            this.commit = commit;
            this.pull = pull;
            this.space = world.tenant().previewSpace();
            this.policy = world.tenant().previews();
            this.standing = StandingPreviews.of(world);
            this.taken = new TreeSet<>(standing.names());
        }

        OfferedPreview to(Service service) {
            try {
                return offered(service);
            } catch (FailureException e) {
                if (e.failure().kind() != FailureKind.INPUT && e.failure().kind() != FailureKind.POLICY) {
                    throw e;
                }
                return new OfferedPreview(
                        service, null, Map.of(), null, e.failure().sentence());
            }
        }

        private OfferedPreview offered(Service service) {
            if (pull.fork() || known(service).filter(PullRequest::fork).isPresent()) {
                throw FailureException.policy(
                        "the code of a fork is not trusted", "push the branch to the repository itself");
            }
            if (!world.ports().followsRollouts()) {
                throw FailureException.input("nothing here can run it", "give --argocd URL, or --kubernetes CONTEXT");
            }
            Preview preview = new Preview(service.name(), pull.number());
            if (standing.wanted().isEmpty()) {
                throw FailureException.input(
                        "there is no branch '" + Previews.SPACE + "' yet",
                        space.gitops().value(),
                        "imaas onboard " + space.name());
            }
            requireGates(preview);
            Map<String, String> values = values(service, preview);
            boolean isNew = !taken.contains(preview.name());
            if (isNew && taken.size() >= policy.max()) {
                throw FailureException.policy(
                        taken.size() + " previews stand, and " + policy.max() + " may: "
                                + taken.stream().map(ServiceName::value).collect(Collectors.joining(", ")),
                        "tenants/" + space.name() + ".yaml",
                        "imaas preview remove " + taken.first() + " --tenant " + space.name());
            }
            taken.add(preview.name());
            return new OfferedPreview(
                    service, preview, values, isNew ? standing.wanted().get() : null, "");
        }

        /** As its Git server knows it; empty where it has none, or shows none to whoever asks. */
        private Optional<PullRequest> known(Service service) {
            Optional<PullRequest> known = Optional.empty();
            try {
                known = world.ports().pullRequests(service.repository()).flatMap(server -> server.find(pull.number()));
            } catch (FailureException e) {
                // Without a token nobody can be asked. Otherwise the check goes on, and nothing is taken for granted.
                if (e.failure().kind() != FailureKind.INPUT) {
                    throw FailureException.policy(
                            "its Git server does not say what it is: "
                                    + e.failure().sentence(),
                            "deliver again when it answers");
                }
            }
            known.filter(of -> !of.open() || !of.head().equals(commit)).ifPresent(of -> {
                throw FailureException.input(
                        "pull request #" + pull.number() + " "
                                + (of.open() ? "is at commit " + of.head().abbreviated() : "is not open")
                                + ", and this is commit " + commit.abbreviated(),
                        of.url(),
                        "deliver the last commit of an open pull request");
            });
            return known;
        }

        private void requireGates(Preview preview) {
            List<GateAnswer> closed = DeliveryPlanner.gates(
                            world.platform(),
                            space,
                            space.requiredService(preview.name()),
                            Previews.SPACE,
                            world.ports().clock().now())
                    .stream()
                    .filter(GateAnswer::closed)
                    .toList();
            if (!closed.isEmpty()) {
                throw new FailureException(GateAnswer.refusal(closed));
            }
        }

        /** Those of the environment that it is to be like, under the preview's own name. */
        private Map<String, String> values(Service service, Preview preview) {
            EnvironmentName like = policy.like();
            String common = GitOpsPaths.values(service.name());
            String own = GitOpsPaths.environment(service.name(), like);
            TextFiles files = world.repository().readText(world.tip(like), List.of(common, own));
            if (!service.environments().contains(like) || files.find(common).isEmpty()) {
                throw FailureException.input(
                        "previews get the values of " + like + ", and " + service.name() + " has none there",
                        "tenants/" + space.name() + ".yaml",
                        "let previews.like name an environment of " + service.name());
            }
            Map<String, String> values = new LinkedHashMap<>();
            values.put(GitOpsPaths.values(preview.name()), files.find(common).get());
            String path = GitOpsPaths.environment(preview.name(), Previews.SPACE);
            String text = files.find(own).orElse("");
            values.put(
                    path,
                    service.type() == ServiceType.GATEWAY && !policy.host().isEmpty()
                            ? served(path, text, preview)
                            : text);
            return values;
        }

        private String served(String path, String text, Preview preview) {
            return world.ports()
                    .values()
                    .set(path, Map.of("ingress.host", preview.name() + "." + policy.host()))
                    .apply(Optional.of(text.getBytes(StandardCharsets.UTF_8)))
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .orElse("");
        }
    }

    /** Why there is none, for the pull request, in Markdown; empty for one that there is. */
    String refused() {
        return preview == null ? "- no preview of " + service.name() + ": " + MarkdownText.line(refusal) + "\n" : "";
    }

    /** Where a preview is reached, for the pull request, in Markdown. */
    String told(Tenant tenant) {
        String namespace = tenant.namespace(Previews.SPACE);
        Previews policy = tenant.previews();
        String where = service.type() != ServiceType.GATEWAY
                ? ""
                : ": http://" + preview.name() + "." + namespace + ".svc:" + MiRuntime.HTTP + " in the cluster"
                        + (policy.host().isEmpty()
                                ? ""
                                : ", and https://" + preview.name() + "." + policy.host() + " where the values of "
                                        + policy.like() + " have an Ingress");
        return "It runs in namespace `" + namespace + "`" + where
                + ". It goes when the pull request is" + " merged or closed, and at the latest "
                + policy.ttl().toHours() + " hours after its last delivery.\n";
    }
}
