package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.record.Statement;
import io.imaas.model.rollout.Provenance;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.CycloneDx;
import io.imaas.model.source.ImageContents;
import io.imaas.plan.step.AttestImage;
import io.imaas.port.Clock;
import io.imaas.port.ImageRegistry;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.run.StepRunner;
import io.imaas.step.record.Records;
import io.imaas.step.record.ScanReports;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Signs an image, and attaches its signed provenance and bill of materials; what is there already is not said twice. An image
 * with provenance is used again and never comes here, so that is said last.
 *
 * @param toolVersion of this program, as bills of materials tell it
 */
public record AttestImageRunner(
        Supplier<ImageRegistry> registry,
        Records records,
        Clock clock,
        String toolVersion,
        Function<ImageRef, Optional<Effect>> keyless)
        implements StepRunner<AttestImage> {
    @Override
    public Outcome run(AttestImage step, StepContext context) {
        StepOutput.ImagePublished published = context.output(step.image(), StepOutput.ImagePublished.class);
        Release release = published.release();
        Provenance provenance = new Provenance(
                step.origin(),
                release.image(),
                release.version(),
                context.output(step.tests(), StepOutput.TestsReported.class).verdict(),
                clock.now());
        List<Effect> effects = new ArrayList<>();
        if (published.contents() != null) {
            effects.add(bill(provenance, published.contents()));
        }
        if (published.scan() != null) {
            Statement scan = ScanReports.statement(release.image(), published.scan());
            effects.add(attached("scan", scan, release.image(), false));
        }
        effects.add(sign(provenance));
        keyless.apply(release.image()).ifPresent(effects::add);
        effects.add(attest(provenance));
        return Outcome.done(null, effects);
    }

    private Effect attest(Provenance provenance) {
        ImageRef image = provenance.image();
        boolean said = records.provenances(image, registry.get().attached(image, Provenance.TYPE)).stream()
                .anyMatch(provenance::sameAs);
        return attached("provenance", provenance.statement(), image, said);
    }

    private Effect bill(Provenance provenance, ImageContents contents) {
        ImageRef image = provenance.image();
        if (!records.bills(image, registry.get().attached(image, CycloneDx.TYPE))
                .isEmpty()) {
            return Effect.unchanged("SBOM", image.toString());
        }
        Statement statement = new Statement(
                CycloneDx.TYPE,
                image.repository().toString(),
                image.digest().hex(),
                CycloneDx.of(
                        image,
                        provenance.version(),
                        provenance.origin().base(),
                        ofBase(provenance.origin().base()),
                        contents,
                        toolVersion,
                        provenance.at()));
        return attached("SBOM", statement, image, false);
    }

    /**
     * Whoever made the base image lists what is in it, better than we could. Where the platform does not list its registry, or
     * that does not answer, the bill names the base alone.
     */
    private Map<String, Object> ofBase(String base) {
        try {
            ImageRef image = ImageRef.parse(base);
            return records.anyones(CycloneDx.TYPE, image, registry.get().attached(image, CycloneDx.TYPE)).stream()
                    .findFirst()
                    .map(Statement::said)
                    .orElse(Map.of());
        } catch (FailureException none) {
            return Map.of();
        }
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
        registry.get().attach(image, statement.type(), records.attest(statement));
        return Effect.created(kind, image.toString(), "");
    }
}
