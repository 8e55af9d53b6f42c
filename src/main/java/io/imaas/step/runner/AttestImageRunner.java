package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.rollout.Provenance;
import io.imaas.model.rollout.Release;
import io.imaas.plan.step.AttestImage;
import io.imaas.port.Clock;
import io.imaas.port.ImageRegistry;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.run.StepRunner;
import io.imaas.step.record.Records;
import java.util.List;
import java.util.function.Supplier;

/** Attaches signed provenance to an image; what is there already is not said twice. */
public final class AttestImageRunner implements StepRunner<AttestImage> {
    private final Supplier<ImageRegistry> registry;
    private final Records records;
    private final Clock clock;

    public AttestImageRunner(Supplier<ImageRegistry> registry, Records records, Clock clock) {
        this.registry = registry;
        this.records = records;
        this.clock = clock;
    }

    @Override
    public Class<AttestImage> kind() {
        return AttestImage.class;
    }

    @Override
    public Outcome run(AttestImage step, StepContext context) {
        Release release =
                context.output(step.image(), StepOutput.ImagePublished.class).release();
        Provenance provenance = new Provenance(
                step.tenant(),
                step.service(),
                release.image(),
                step.sourceUrl(),
                step.source(),
                step.path(),
                step.base(),
                step.builder(),
                step.buildKey(),
                release.version(),
                context.output(step.tests(), StepOutput.TestsReported.class).verdict(),
                step.build(),
                clock.now());
        String name = release.image().toString();
        ImageRegistry images = registry.get();
        boolean said = records.provenances(release.image(), images.attached(release.image(), Provenance.TYPE)).stream()
                .anyMatch(provenance::sameAs);
        if (said) {
            return Outcome.done(null, List.of(Effect.unchanged("provenance", name)));
        }
        images.attach(release.image(), Provenance.TYPE, records.sign(provenance.statement()));
        return Outcome.done(null, List.of(Effect.created("provenance", name, "signed")));
    }
}
