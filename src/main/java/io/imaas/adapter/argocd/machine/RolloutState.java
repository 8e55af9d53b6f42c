package io.imaas.adapter.argocd.machine;

import io.imaas.model.rollout.ProbeResult;
import io.imaas.model.rollout.RolloutOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that a rollout remembers.
 *
 * @param waitingFor what it waits for, for people
 * @param since when it began to wait for just this
 * @param view the application as last seen, or null
 * @param direct whether the view was read for us and not taken from the stream
 * @param baseline the operation that had ended already when we first looked: it proves nothing bad about our commit
 * @param standings how revisions stand to the commit
 * @param asked when each kind of command was last asked for
 * @param pending commands under way
 * @param marks conditions that hold, and since when
 * @param confirmation what the cluster said last, or null
 * @param probe what the service itself said last, or null when it was not asked
 * @param inspection what the pods said last, or null when they were not asked
 * @param explanation the reasons that were collected last; empty when none were
 * @param lastContact when the server last gave any answer
 * @param lastSeen when anything was last heard of the application
 * @param nudges how often Argo CD was asked to read Git
 * @param syncs how often a sync was asked for
 * @param silentRefreshes how many refreshes in a row the controller did not answer
 * @param absentSince since when reads find no application, or null
 * @param deniedSince since when reads are refused, or null
 * @param trouble the last refusal, for people; empty when the last call was well
 * @param ending the outcome while its reasons are being collected, or null
 * @param outcome how it ended, or null
 */
public record RolloutState(
        Goal goal,
        Limits limits,
        Instant began,
        Phase phase,
        String waitingFor,
        Instant since,
        ApplicationView view,
        boolean direct,
        String baseline,
        Map<String, Standing> standings,
        Map<Command.Kind, Instant> asked,
        Set<Command.Kind> pending,
        Map<Mark, Instant> marks,
        Confirmation confirmation,
        ProbeResult probe,
        Inspection inspection,
        List<String> explanation,
        Instant lastContact,
        Instant lastSeen,
        int nudges,
        int syncs,
        int silentRefreshes,
        Instant absentSince,
        Instant deniedSince,
        String trouble,
        RolloutOutcome ending,
        RolloutOutcome outcome) {
    /** Whether there is an outcome. */
    public boolean ended() {
        return outcome != null;
    }

    /** What is not done yet, one line each. */
    public List<String> unfinished() {
        return view == null
                ? List.of()
                : view.unfinished().stream().map(Resource::line).toList();
    }
}
