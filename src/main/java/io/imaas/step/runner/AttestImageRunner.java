package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.record.Statement;
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
import java.util.Map;
import java.util.function.Supplier;

/** Signs an image, and attaches its signed provenance; what is there already is not said twice. */
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
                step.ref(),
                step.path(),
                step.base(),
                step.builder(),
                step.buildKey(),
                release.version(),
                context.output(step.tests(), StepOutput.TestsReported.class).verdict(),
                step.build(),
                clock.now());
        return Outcome.done(null, List.of(attest(provenance), sign(provenance)));
    }

    private Effect attest(Provenance provenance) {
        ImageRef image = provenance.image();
        boolean said = records.provenances(image, registry.get().attached(image, Provenance.TYPE)).stream()
                .anyMatch(provenance::sameAs);
        return attached("provenance", provenance.statement(), image, said);
    }

    private Effect sign(Provenance provenance) {
        ImageRef image = provenance.image();
        Statement statement = new Statement(
                ImageSignature.TYPE,
                image.repository().toString(),
                image.digest().hex(),
                Map.of(Statement.AT, provenance.at().toString()));
        return attached(
                "signature",
                statement,
                image,
                records.signed(image, registry.get().attached(image, ImageSignature.TYPE)));
    }

    private Effect attached(String kind, Statement statement, ImageRef image, boolean said) {
        if (said) {
            return Effect.unchanged(kind, image.toString());
        }
        registry.get().attach(image, statement.type(), records.sign(statement));
        return Effect.created(kind, image.toString(), "");
    }
}
