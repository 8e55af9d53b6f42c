package io.imaas.adapter.harbor;

import io.imaas.adapter.harbor.HarborApi.NewRobot;
import io.imaas.adapter.harbor.HarborApi.Project;
import io.imaas.adapter.harbor.HarborApi.Quota;
import io.imaas.adapter.harbor.HarborApi.Robot;
import io.imaas.adapter.web.Answers;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Effect.FieldChange;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.identity.Secret;
import io.imaas.model.kubernetes.Quantity;
import io.imaas.model.tenancy.OnboardingPolicy.RegistryPolicy;
import io.imaas.port.Cluster.Applied;
import io.imaas.port.RegistryLogins.Login;
import io.imaas.port.RegistrySpaces;
import io.imaas.port.RegistrySpaces.Account;
import io.imaas.port.RegistrySpaces.Space;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One tenant's project with its quota, its retention and its robots. */
final class HarborSpace implements Space {
    private static final String QUOTA = "Harbor quota";
    private static final String STORAGE = "storage";

    private final HarborProject project;
    private final HarborApi api;
    private final Answers answers;
    private final HarborRetention retention;
    private final long bytes;

    HarborSpace(HarborProject project, RegistryPolicy policy) {
        this.project = project;
        this.api = project.api();
        this.answers = project.answers();
        this.retention = new HarborRetention(project, policy.keep());
        this.bytes = policy.storage().isEmpty()
                ? 0
                : Quantity.parse(policy.storage()).amount().longValue();
    }

    @Override
    public Applied ensure() {
        List<Effect> effects = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        List<Problem> warnings = new ArrayList<>();
        try {
            Optional<Project> there = project.find();
            there.ifPresent(project::requireOurs);
            Optional<Project> found = there.isPresent() ? there : project.make(bytes);
            effects.add(there.isPresent() ? Effect.unchanged(HarborProject.TYPE, project.name()) : project.created());
            if (found.isPresent()) {
                quota(found.get(), effects, warnings);
                retention.ensure(found.get()).ifPresent(effects::add);
            }
        } catch (FailureException e) {
            effects.addAll(e.effects());
            failures.add(e.failure());
        }
        return new Applied(effects, failures, warnings);
    }

    /** Only administrators give a project its quota when it is made. */
    private void quota(Project found, List<Effect> effects, List<Problem> warnings) {
        if (bytes == 0) {
            return;
        }
        List<Quota> quotas =
                answers.send(api.quotas(String.valueOf(found.project_id())), "quota: list (of the system)");
        if (quotas.isEmpty()) {
            warnings.add(Problem.warning(
                    "no-quota",
                    Location.of(HarborProject.TYPE + " " + project.name()),
                    "Harbor keeps no quotas, so this one does not hold",
                    "switch quotas on in Harbor (quota_per_project_enable), or remove onboarding.registry.storage"));
            return;
        }
        Quota quota = quotas.get(0);
        long limit = quota.hard().getOrDefault(STORAGE, -1L);
        long used = quota.used() == null ? 0 : quota.used().getOrDefault(STORAGE, 0L);
        if (limit == bytes) {
            effects.add(Effect.unchanged(QUOTA, project.name()));
            return;
        }
        if (used > bytes) {
            throw FailureException.policy(
                    "the images take " + used + " bytes already, and the quota would be " + bytes,
                    QUOTA + " " + project.name(),
                    "raise onboarding.registry.storage in platform.yaml, or delete images that nobody needs");
        }
        project.write(api.changeQuota(quota.id(), hard(bytes)), "quota: update (of the system)");
        effects.add(Effect.updated(
                QUOTA,
                project.name(),
                "",
                List.of(new FieldChange(STORAGE, String.valueOf(limit), String.valueOf(bytes))),
                Map.of(STORAGE, limit)));
    }

    private static Map<String, Object> hard(long limit) {
        return Map.of("hard", Map.of(STORAGE, limit));
    }

    /** With a project that was made goes what was made in it. */
    @Override
    public List<Effect> undo(List<Effect> made) {
        if (made.stream()
                .anyMatch(effect -> effect.type().equals(HarborProject.TYPE) && effect.kind() == Effect.Kind.CREATED)) {
            return List.of(project.remove());
        }
        List<Effect> undone = new ArrayList<>();
        for (Effect effect : made) {
            if (effect.type().equals(QUOTA) && effect.replaced().get(STORAGE) instanceof Number before) {
                Quota quota = answers.send(
                                api.quotas(String.valueOf(project.required().project_id())),
                                "quota: list (of the system)")
                        .get(0);
                project.write(api.changeQuota(quota.id(), hard(before.longValue())), "quota: update (of the system)");
                undone.add(Effect.updated(QUOTA, project.name(), "is as it was before"));
            } else if (effect.type().equals(HarborRetention.TYPE) && effect.isChange()) {
                undone.add(retention.undo(project.required(), effect));
            }
        }
        return undone;
    }

    @Override
    public Account issue(String name, int days) {
        Map<String, Object> right = Map.of("resource", "repository", "action", "pull");
        Map<String, Object> wanted = new HashMap<>();
        wanted.put("name", name);
        wanted.put("description", "pulls images into the cluster; renewed by itself");
        wanted.put("level", "project");
        wanted.put("disable", false);
        wanted.put("duration", days);
        wanted.put(
                "permissions",
                List.of(Map.of("kind", "project", "namespace", project.name(), "access", List.of(right))));
        NewRobot robot = answers.send(api.makeRobot(wanted), "robot: create, and repository: pull on all projects");
        Instant until = robot.expires_at() < 0 ? Instant.MAX : Instant.ofEpochSecond(robot.expires_at());
        return new Account(new Login(robot.name(), new Secret(robot.secret())), until);
    }

    /**
     * Whole names begin with Harbor's own prefix and the project's name. What follows ours is a number: other letters are of
     * an environment whose name begins like this one's.
     */
    @Override
    public List<Effect> retire(String prefix, List<String> kept) {
        Pattern ours = Pattern.compile(".*\\Q" + project.name() + "+" + prefix + "\\E\\d+");
        List<Effect> gone = new ArrayList<>();
        for (Robot robot : answers.send(
                api.robots("Level=project,ProjectID=" + project.required().project_id()), "robot: list")) {
            if (ours.matcher(robot.name()).matches() && !kept.contains(robot.name())) {
                project.write(api.removeRobot(robot.id()), "robot: delete");
                gone.add(Effect.deleted(RegistrySpaces.ACCOUNT, robot.name(), ""));
            }
        }
        return gone;
    }
}
