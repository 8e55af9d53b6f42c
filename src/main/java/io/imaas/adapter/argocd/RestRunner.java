package io.imaas.adapter.argocd;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.imaas.adapter.argocd.api.ApplicationDocument;
import io.imaas.adapter.argocd.api.ApplicationReader;
import io.imaas.adapter.argocd.api.ArgoCdApi.LiveResource;
import io.imaas.adapter.argocd.api.ArgoCdApi.SyncRequest;
import io.imaas.adapter.argocd.api.ArgoCdApi.SyncWindows;
import io.imaas.adapter.argocd.api.ArgoCdClient;
import io.imaas.adapter.argocd.api.Errors;
import io.imaas.adapter.argocd.api.WorkloadReader;
import io.imaas.adapter.argocd.follow.CommandRunner;
import io.imaas.adapter.argocd.machine.ApplicationName;
import io.imaas.adapter.argocd.machine.ApplicationView;
import io.imaas.adapter.argocd.machine.ApplicationView.Resource;
import io.imaas.adapter.argocd.machine.Command;
import io.imaas.adapter.argocd.machine.Goal;
import io.imaas.adapter.argocd.machine.Observation;
import io.imaas.adapter.argocd.machine.Observation.Done;
import io.imaas.adapter.argocd.machine.Observation.Refused;
import io.imaas.adapter.argocd.machine.Observation.Seen;
import io.imaas.adapter.argocd.machine.Observation.Why;
import io.imaas.adapter.argocd.machine.Workload;
import io.imaas.model.failure.Reason;
import io.imaas.port.ServiceProbe;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import retrofit2.Call;
import retrofit2.Response;

/** A rollout's commands as REST calls. */
final class RestRunner implements CommandRunner {
    /** A refresh blocks until the controller compared, and hangs at times (argo-cd#21613); giving up does no harm. */
    private static final int REFRESH_SECONDS = 15;

    private static final int CALL_SECONDS = 20;

    private final ArgoCdClient client;
    private final Ancestry ancestry;
    private final ServiceProbe probe;
    private final Pools pools;
    private final Explainer explainer;

    /**
     * Threads, so that what is slow holds up nothing else.
     *
     * @param calls for calls, {@code refreshes} for those that may hang, {@code git} for fetches, {@code probes} for
     *     questions to the services
     */
    record Pools(Executor calls, Executor refreshes, Executor git, Executor probes) {
        private Executor of(Command command) {
            if (command instanceof Command.Refresh) {
                return refreshes;
            }
            return command instanceof Command.Compare ? git : command instanceof Command.Probe ? probes : calls;
        }
    }

    RestRunner(ArgoCdClient client, Ancestry ancestry, ServiceProbe probe, Pools pools) {
        this.client = client;
        this.ancestry = ancestry;
        this.probe = probe;
        this.pools = pools;
        this.explainer = new Explainer(client);
    }

    @Override
    public void run(Goal goal, Command command, Consumer<Observation> answers) {
        try {
            pools.of(command).execute(() -> attempt(goal, command, answers));
        } catch (RejectedExecutionException closed) {
            answers.accept(new Refused(command, Why.UNREACHABLE, "closed"));
        }
    }

    private void attempt(Goal goal, Command command, Consumer<Observation> answers) {
        try {
            perform(goal, command, answers);
        } catch (RefusedCall refused) {
            answers.accept(new Refused(command, refused.why, refused.getMessage()));
        } catch (InterruptedIOException slow) {
            answers.accept(new Refused(
                    command,
                    Why.SLOW,
                    "Argo CD at " + client.settings().url() + " gave no answer in time: " + slow.getMessage()));
        } catch (SSLException e) {
            boolean wrong = e instanceof SSLPeerUnverifiedException
                    || e.getCause() instanceof CertificateException
                    || String.valueOf(e.getMessage()).contains("Unsupported or unrecognized SSL message");
            answers.accept(new Refused(
                    command,
                    wrong ? Why.MISADDRESSED : Why.UNREACHABLE,
                    "no trusted connection to Argo CD at " + client.settings().url() + ": " + Reason.of(e)
                            + "; check the URL's scheme, and --argocd-ca"));
        } catch (IOException e) {
            answers.accept(new Refused(
                    command,
                    Why.UNREACHABLE,
                    "Argo CD at " + client.settings().url() + " can't be reached: " + Reason.of(e)));
        } catch (RuntimeException e) {
            answers.accept(new Refused(command, Why.UNREACHABLE, String.valueOf(e.getMessage())));
        }
    }

    private void perform(Goal goal, Command command, Consumer<Observation> answers) throws IOException {
        if (command instanceof Command.Refresh refresh) {
            see(goal, refresh.hard() ? "hard" : "normal", REFRESH_SECONDS, refresh, answers);
        } else if (command instanceof Command.Look) {
            see(goal, null, CALL_SECONDS, command, answers);
        } else if (command instanceof Command.Sync sync) {
            sync(goal, sync, answers);
        } else if (command instanceof Command.Terminate) {
            call(
                    client.api()
                            .terminate(
                                    goal.application().name(),
                                    goal.application().namespaceOrNull(),
                                    goal.project()),
                    CALL_SECONDS);
            answers.accept(new Done(command));
        } else if (command instanceof Command.Windows) {
            SyncWindows windows = windows(goal);
            answers.accept(new Observation.Windows(windows.closed() && !ours(goal), windows.description()));
        } else if (command instanceof Command.Confirm confirm) {
            confirm(goal, confirm.view(), answers);
        } else if (command instanceof Command.Compare compare) {
            answers.accept(new Observation.Compared(compare.revision(), ancestry.standing(goal, compare.revision())));
        } else if (command instanceof Command.Probe) {
            answers.accept(new Observation.Probed(probe.ask(goal.probed())));
        } else if (command instanceof Command.Inspect inspect) {
            answers.accept(new Observation.Inspected(explainer.inspect(goal, inspect)));
        } else if (command instanceof Command.Explain) {
            answers.accept(new Observation.Explained(explainer.explain(goal)));
        }
    }

    private void see(Goal goal, String refresh, int seconds, Command command, Consumer<Observation> answers)
            throws IOException {
        answers.accept(new Seen(read(goal, refresh, seconds), true));
        answers.accept(new Done(command));
    }

    private ApplicationView read(Goal goal, String refresh, int seconds) throws IOException {
        ApplicationName application = goal.application();
        return ApplicationReader.view(call(
                client.api().application(application.name(), application.namespaceOrNull(), goal.project(), refresh),
                seconds));
    }

    private void sync(Goal goal, Command.Sync sync, Consumer<Observation> answers) throws IOException {
        boolean several = !sync.sources().isEmpty();
        String revision = sync.revision().isEmpty() ? null : sync.revision();
        SyncRequest request = new SyncRequest(
                goal.application().name(),
                goal.application().namespaceOrNull(),
                goal.project(),
                several ? null : revision,
                several ? Collections.nCopies(sync.sources().size(), revision) : null,
                several ? sync.sources().stream().map(i -> i + 1L).toList() : null,
                sync.prune(),
                List.of(new ApplicationDocument.Info(ApplicationReader.ROLLOUT, goal.id())));
        try {
            ApplicationDocument application =
                    call(client.api().sync(goal.application().name(), request), CALL_SECONDS);
            answers.accept(new Seen(ApplicationReader.view(application), true));
            answers.accept(new Done(sync));
        } catch (RefusedCall refused) {
            throw refused.why == Why.WINDOW
                    ? new RefusedCall(Why.WINDOW, windows(goal).description())
                    : refused;
        }
    }

    private SyncWindows windows(Goal goal) throws IOException {
        return call(
                client.api()
                        .windows(goal.application().name(), goal.application().namespaceOrNull(), goal.project()),
                CALL_SECONDS);
    }

    /** Whether the windows are those that our gate asks: what landed all the same may come at any time. */
    private boolean ours(Goal goal) throws IOException {
        try {
            return call(client.api().project(goal.project()), CALL_SECONDS)
                    .at("/metadata/labels")
                    .has(Desired.WINDOWS);
        } catch (RefusedCall unanswered) {
            return false;
        }
    }

    /** A workload read after the application was seen speaks for the later moment; where none runs pods, it is read itself. */
    private void confirm(Goal goal, ApplicationView seen, Consumer<Observation> answers) throws IOException {
        ApplicationView view = seen.workloads().isEmpty() ? read(goal, null, CALL_SECONDS) : seen;
        List<Workload> workloads = new ArrayList<>();
        for (Resource resource : view.workloads()) {
            LiveResource live = call(
                    client.api()
                            .resource(
                                    goal.application().name(),
                                    goal.application().namespaceOrNull(),
                                    goal.project(),
                                    resource.group(),
                                    resource.version(),
                                    resource.kind(),
                                    resource.namespace(),
                                    resource.name()),
                    CALL_SECONDS);
            try {
                workloads.add(WorkloadReader.workload(client.mapper().readTree(live.manifest())));
            } catch (JsonProcessingException e) {
                throw new IOException("the live " + resource.title() + " can't be read: " + e.getOriginalMessage(), e);
            }
        }
        answers.accept(new Observation.Confirmed(view, workloads));
    }

    private <T> T call(Call<T> call, int seconds) throws IOException {
        call.timeout().timeout(seconds, TimeUnit.SECONDS);
        Response<T> response = call.execute();
        if (response.isSuccessful()) {
            return response.body();
        }
        Optional<String> outage = client.outage(response);
        String message = outage.isPresent() ? outage.get() : client.message(response);
        throw new RefusedCall(outage.isPresent() ? Why.UNREACHABLE : Errors.why(response.code(), message), message);
    }

    /** The server said no. */
    private static final class RefusedCall extends IOException {
        private static final long serialVersionUID = 1L;

        private final Why why;

        private RefusedCall(Why why, String message) {
            super(message);
            this.why = why;
        }
    }
}
