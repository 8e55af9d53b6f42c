package io.imaas.adapter.argocd.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.adapter.argocd.api.ApplicationDocument;
import io.imaas.adapter.argocd.api.ApplicationReader;
import io.imaas.adapter.argocd.api.Errors;
import io.imaas.adapter.argocd.api.WorkloadReader;
import io.imaas.adapter.argocd.follow.CommandRunner;
import io.imaas.adapter.argocd.machine.ApplicationView;
import io.imaas.adapter.argocd.machine.ApplicationView.Resource;
import io.imaas.adapter.argocd.machine.Command;
import io.imaas.adapter.argocd.machine.Goal;
import io.imaas.adapter.argocd.machine.Observation;
import io.imaas.adapter.argocd.machine.Observation.Done;
import io.imaas.adapter.argocd.machine.Observation.Refused;
import io.imaas.adapter.argocd.machine.Observation.Seen;
import io.imaas.adapter.argocd.machine.Observation.Why;
import io.imaas.adapter.argocd.machine.Standing;
import io.imaas.adapter.argocd.machine.Workload;
import io.imaas.model.rollout.ProbeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The calls of a rollout, in memory: each takes its time, some are lost, some answers come too late. */
public final class SimulatedRunner implements CommandRunner {
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final long REFRESH_LIMIT = 15_000;

    private final SimulatedApi api;
    private final SimulatedGit git;
    private final Script script;
    private final double lost;
    private boolean gitDown;
    private Supplier<ProbeResult> probe = () -> new ProbeResult.Well("");

    /** @param lost how many calls of all are lost on the way there, and again on the way back */
    public SimulatedRunner(SimulatedApi api, double lost) {
        this.api = api;
        this.git = api.argo().git();
        this.script = api.argo().script();
        this.lost = lost;
    }

    public void gitDown(boolean value) {
        gitDown = value;
    }

    public void probe(Supplier<ProbeResult> answers) {
        probe = answers;
    }

    static ApplicationView view(JsonNode json) {
        try {
            return ApplicationReader.view(MAPPER.treeToValue(json, ApplicationDocument.class));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void run(Goal goal, Command command, Consumer<Observation> answers) {
        if (script.chance(lost)) {
            later(() -> answers.accept(new Refused(command, Why.UNREACHABLE, "connection reset")), 2_000);
            return;
        }
        boolean answerLost = script.chance(lost);
        Consumer<Observation> back = answerLost
                ? observation ->
                        later(() -> answers.accept(new Refused(command, Why.SLOW, "no answer in time")), 10_000)
                : observation -> later(() -> answers.accept(observation), 200);
        later(
                () -> {
                    try {
                        perform(goal, command, back);
                    } catch (ApiError error) {
                        back.accept(
                                new Refused(command, Errors.why(error.http(), error.getMessage()), error.getMessage()));
                    }
                },
                200);
    }

    private void later(Runnable task, long most) {
        script.later(1, most, task);
    }

    private void perform(Goal goal, Command command, Consumer<Observation> back) {
        String project = goal.project();
        String name = goal.application().name();
        if (command instanceof Command.Refresh refresh) {
            boolean[] answered = {false};
            script.later(REFRESH_LIMIT, REFRESH_LIMIT + 1, () -> {
                if (!answered[0]) {
                    answered[0] = true;
                    back.accept(new Refused(refresh, Why.SLOW, "no answer in 15 s"));
                }
            });
            api.refresh(project, name, json -> {
                if (!answered[0]) {
                    answered[0] = true;
                    answer(back, json, refresh);
                }
            });
        } else if (command instanceof Command.Look look) {
            answer(back, api.get(project, name), look);
        } else if (command instanceof Command.Sync sync) {
            answer(back, api.sync(project, name, sync.revision(), goal.id()), sync);
        } else if (command instanceof Command.Terminate terminate) {
            api.terminate(project, name);
            back.accept(new Done(terminate));
        } else if (command instanceof Command.Windows) {
            ObjectNode json = api.windows(project, name);
            back.accept(new Observation.Windows(json.has("activeWindows"), "a deny window is open"));
        } else if (command instanceof Command.Confirm confirm) {
            confirm(goal, confirm, back);
        } else {
            elsewhere(goal, command, back);
        }
    }

    private void elsewhere(Goal goal, Command command, Consumer<Observation> back) {
        if (command instanceof Command.Compare compare) {
            back.accept(new Observation.Compared(compare.revision(), review(goal, compare.revision())));
        } else if (command instanceof Command.Probe) {
            back.accept(new Observation.Probed(probe.get()));
        } else if (command instanceof Command.Explain) {
            api.tree(goal.project(), goal.application().name());
            back.accept(new Observation.Explained(List.of("explained")));
        }
    }

    private Standing review(Goal goal, String revision) {
        if (gitDown) {
            return Standing.unknown("the GitOps repository does not answer");
        }
        if (!git.exists(revision) || !git.contains(revision, goal.commit().value())) {
            return Standing.lacks();
        }
        return Standing.contains(git.digest(revision, goal.path().substring("services/".length())));
    }

    private static void answer(Consumer<Observation> back, ObjectNode json, Command command) {
        back.accept(new Seen(view(json), true));
        back.accept(new Done(command));
    }

    private void confirm(Goal goal, Command.Confirm confirm, Consumer<Observation> back) {
        later(
                () -> {
                    List<Workload> workloads = new ArrayList<>();
                    try {
                        for (Resource resource : confirm.view().workloads()) {
                            workloads.add(WorkloadReader.workload(api.resource(
                                    goal.project(), goal.application().name(), resource.kind(), resource.name())));
                        }
                        back.accept(new Observation.Confirmed(confirm.view(), workloads));
                    } catch (ApiError error) {
                        back.accept(
                                new Refused(confirm, Errors.why(error.http(), error.getMessage()), error.getMessage()));
                    }
                },
                200);
    }
}
