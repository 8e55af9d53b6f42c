package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.image.ImageRef;
import io.imaas.model.request.PlanRequest.PathRequest;
import io.imaas.model.request.PlanRequest.PromoteRequest;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.Plan;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.CommitRelease;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.PromoteRelease;
import io.imaas.plan.step.StepGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Adds to the plan of a first environment what follows: for each later one of a service's path a promotion, whose gates are
 * asked when it is due, and its rollout.
 */
record WholePath(TenantWorld world, PathRequest wanted, Actor actor) {
    /** Where a release is by then; change and image as in {@link PromoteRelease}. */
    private record At(ServiceName service, EnvironmentName environment, String change, ImageRef image) {
        String at(EnvironmentName other) {
            return "-" + service + "-to-" + other;
        }
    }

    /**
     * @param first the plan of {@link PathRequest#first}
     * @throws FailureException INPUT when the environment does not come later on the service's path, or none is named
     */
    IntendedPlan after(IntendedPlan first) {
        world.known(wanted.to());
        Plan plan = first.plan();
        List<StepGroup> groups = new ArrayList<>(plan.groups());
        List<At> begin = begin(plan);
        if (begin.isEmpty()) {
            return first.noting("nothing of it goes on to " + wanted.to() + ": it releases nothing");
        }
        if (plan.steps().noneMatch(AwaitRollout.class::isInstance)) {
            add(groups, "Roll out", begin.stream().filter(at -> !at.change().isEmpty()), this::rollout);
        }
        for (List<At> now = onward(begin);
                !now.isEmpty();
                now = onward(now.stream().map(this::promoted).toList())) {
            add(groups, "Promote", now.stream(), this::promotion);
            add(groups, "Roll out", now.stream().map(this::promoted), this::rollout);
        }
        List<String> notes =
                Stream.concat(plan.notes().stream(), policies(begin)).distinct().toList();
        String onward = ", then on to " + wanted.to();
        return new IntendedPlan(
                first.intent(),
                first.tenant(),
                new Plan(plan.title() + onward, plan.request(), plan.gates(), groups, notes, plan.changes()),
                first.services(),
                first.summary() + onward);
    }

    private List<At> begin(Plan plan) {
        List<At> found = plan.steps()
                .filter(AwaitRollout.class::isInstance)
                .map(AwaitRollout.class::cast)
                .map(step -> new At(step.service(), step.environment(), step.change(), step.image()))
                .toList();
        if (found.isEmpty()) {
            found = plan.steps()
                    .filter(CommitRelease.class::isInstance)
                    .map(CommitRelease.class::cast)
                    .map(step -> new At(step.service(), step.environment(), step.id(), null))
                    .toList();
        }
        // What is there already goes on all the same.
        if (found.isEmpty() && wanted.first() instanceof PromoteRequest promote) {
            found = promote.services().stream()
                    .map(service -> new At(service, promote.to(), "", null))
                    .toList();
        }
        found.forEach(this::requireLater);
        return found;
    }

    private void requireLater(At at) {
        List<EnvironmentName> path = world.known(at.service()).environments();
        if (path.indexOf(wanted.to()) < path.indexOf(at.environment())) {
            throw FailureException.input(
                    wanted.to() + " does not come after " + at.environment() + " on the path of " + at.service(),
                    "--to " + wanted.to(),
                    "its path: " + path.stream().map(EnvironmentName::value).collect(Collectors.joining(" -> ")));
        }
    }

    private List<At> onward(List<At> now) {
        return now.stream().filter(at -> !at.environment().equals(wanted.to())).toList();
    }

    private EnvironmentName next(At at) {
        List<EnvironmentName> path = world.known(at.service()).environments();
        return path.get(path.indexOf(at.environment()) + 1);
    }

    private At promoted(At at) {
        EnvironmentName next = next(at);
        return new At(at.service(), next, "promote" + at.at(next), at.image());
    }

    private PlannedStep promotion(At at) {
        EnvironmentName next = next(at);
        return new PromoteRelease(
                "promote" + at.at(next),
                world.tenant().name(),
                at.service(),
                at.environment(),
                next,
                at.change(),
                at.image(),
                actor.name());
    }

    private PlannedStep rollout(At at) {
        return new AwaitRollout(
                "rollout" + at.at(at.environment()),
                world.tenant().name(),
                at.service(),
                at.environment(),
                at.change(),
                at.image(),
                world.rollout());
    }

    private static void add(List<StepGroup> groups, String what, Stream<At> where, Function<At, PlannedStep> step) {
        List<PlannedStep> steps = where.map(step).toList();
        if (steps.size() == 1) {
            groups.add(StepGroup.of(steps.get(0)));
        } else if (!steps.isEmpty()) {
            groups.add(new StepGroup(what, steps));
        }
    }

    /** What each later environment asks of everybody, so that nobody is surprised where the path ends today. */
    private Stream<String> policies(List<At> begin) {
        return begin.stream()
                .flatMap(at -> world.known(at.service()).environments().stream()
                        .dropWhile(name -> !name.equals(at.environment()))
                        .skip(1))
                .filter(this::upToLast)
                .distinct()
                .flatMap(name -> policy(world.known(name)).stream());
    }

    private boolean upToLast(EnvironmentName name) {
        return world.environments().indexOf(name) <= world.environments().indexOf(wanted.to());
    }

    private static Optional<String> policy(Environment environment) {
        List<String> wants = new ArrayList<>();
        if (!environment.approvers().isEmpty()) {
            wants.add("an approval by " + String.join(" or ", environment.approvers()));
        }
        if (!environment.soak().isZero()) {
            wants.add(environment.soak().toMinutes() + " minutes of health in the environment before");
        }
        if (environment.mergedByPeople()) {
            wants.add("a merge by people");
        }
        return wants.isEmpty()
                ? Optional.empty()
                : Optional.of(environment.name() + " wants " + String.join(" and ", wants)
                        + ": without it the path ends there, and says what opens the gate");
    }
}
