package io.imaas.plan.gate;

import io.imaas.model.rollout.BuildOrigin;
import io.imaas.model.rollout.Provenance;
import io.imaas.model.tenancy.ImagePolicy.BuiltFor;
import java.util.List;
import java.util.Set;

/** Open when the orchestrator signed that the image was built from the service's own repository, for a kind of reference that counts. */
final class ProvenanceGate implements Gate {
    @Override
    public Answer ask(Question question) {
        Set<BuiltFor> wanted = question.platform().images().builtFor();
        if (question.candidate().release() == null || wanted.isEmpty()) {
            return Answer.notAsked();
        }
        List<BuildOrigin> known = question
                .snapshot()
                .image(question.candidate().release().image().digest())
                .map(image -> image.builtFor(question.service()))
                .orElse(List.of())
                .stream()
                .map(Provenance::origin)
                .toList();
        String repository = question.candidate().service().repository().value();
        return known.stream()
                .filter(one -> one.sourceUrl().equals(repository)
                        && BuiltFor.of(one.ref()).filter(wanted::contains).isPresent())
                .findFirst()
                .map(one -> Answer.open("built from " + told(one)))
                .orElseGet(() -> Answer.closed(
                        why(known, repository),
                        "imaas deliver --service " + question.service() + " builds it and signs its provenance"));
    }

    private static String why(List<BuildOrigin> known, String repository) {
        if (known.isEmpty()) {
            return "no orchestrator signed which sources the image was built from";
        }
        BuildOrigin first = known.get(0);
        return first.sourceUrl().equals(repository)
                ? "it was built for " + first.ref() + ", which the platform does not allow to run"
                : "it was built from another repository: " + told(first);
    }

    private static String told(BuildOrigin one) {
        return one.sourceUrl() + "@" + one.source().abbreviated() + " (" + one.ref() + ")";
    }
}
