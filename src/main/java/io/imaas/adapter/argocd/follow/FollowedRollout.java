package io.imaas.adapter.argocd.follow;

import io.imaas.adapter.argocd.machine.Command;
import io.imaas.adapter.argocd.machine.Goal;
import io.imaas.adapter.argocd.machine.Limits;
import io.imaas.adapter.argocd.machine.Observation;
import io.imaas.adapter.argocd.machine.Phase;
import io.imaas.adapter.argocd.machine.RolloutMachine;
import io.imaas.adapter.argocd.machine.RolloutState;
import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutStatus;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One rollout that somebody waits for: a state, an alarm, and those who want to know. Lives on the timeline. */
final class FollowedRollout {
    private final Goal goal;
    private final Limits limits;
    private final Timeline timeline;
    private final CommandRunner runner;
    private final Experience experience;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile RolloutStatus status;
    private volatile boolean delivered;
    private RolloutState state;
    private Runnable alarm = () -> {};
    private Runnable unsubscribe = () -> {};

    FollowedRollout(Goal goal, Limits limits, Timeline timeline, CommandRunner runner, Experience experience) {
        this.goal = goal;
        this.limits = limits;
        this.timeline = timeline;
        this.runner = runner;
        this.experience = experience;
        this.status = new RolloutStatus.InProgress(Phase.OPENING.word(), "Argo CD's answer", timeline.now(), List.of());
    }

    /** Where it stands; whoever is told the end has taken delivery of it. */
    RolloutStatus status() {
        RolloutStatus now = status;
        delivered |= now instanceof RolloutStatus.Ended;
        return now;
    }

    boolean delivered() {
        return delivered;
    }

    boolean ended() {
        return status instanceof RolloutStatus.Ended;
    }

    void begin(ApplicationFeed feed) {
        guarded(() -> {
            state = RolloutMachine.begin(goal, limits, timeline.now());
            take();
            Runnable subscription = feed.subscribe(goal.project(), goal.application(), this::observe);
            if (ended()) {
                subscription.run();
            } else {
                unsubscribe = subscription;
            }
        });
    }

    void observe(Observation observation) {
        if (!ended()) {
            guarded(() -> {
                RolloutMachine.step(state, observation, timeline.now());
                take();
            });
        }
    }

    /** A defect of ours ends this rollout, as unknown, and no other. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException defect) {
            end(new RolloutOutcome(
                    RolloutOutcome.Verdict.UNKNOWN,
                    null,
                    List.of(FailureException.defect("the rollout could not be followed: " + defect, defect)
                            .getMessage()),
                    timeline.now()));
        }
    }

    private void take() {
        alarm.run();
        Instant wakeAt = state.wakeAt();
        alarm = wakeAt == null ? () -> {} : timeline.at(wakeAt, () -> observe(new Observation.Tick()));
        for (Command command : state.commands()) {
            runner.run(goal, command, answer -> timeline.execute(() -> observe(answer)));
        }
        if (state.ended()) {
            experience.learn(goal.application(), state.began(), state.outcome());
            end(state.outcome());
        } else {
            show(inProgress());
        }
    }

    private RolloutStatus inProgress() {
        List<String> unfinished = state.unfinished();
        int total = state.view() == null ? 0 : state.view().resources();
        return new RolloutStatus.InProgress(
                state.phase().word(),
                state.waitingFor(),
                state.since(),
                unfinished,
                Math.max(0, total - unfinished.size()),
                total,
                experience.usual(goal.application(), state.view()).orElse(null));
    }

    private void end(RolloutOutcome outcome) {
        alarm.run();
        alarm = () -> {};
        unsubscribe.run();
        unsubscribe = () -> {};
        show(new RolloutStatus.Ended(outcome));
    }

    private void show(RolloutStatus next) {
        boolean news = !next.equals(status);
        status = next;
        if (news) {
            listeners.forEach(Runnable::run);
        }
    }

    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void unlisten(Runnable listener) {
        listeners.remove(listener);
    }
}
