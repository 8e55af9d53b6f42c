package io.imaas.step.record;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Actor;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.record.Statement;
import io.imaas.model.record.Statement.SignedStatement;
import io.imaas.model.record.Trust;
import io.imaas.model.record.Unbelieved;
import io.imaas.model.rollout.Approval;
import io.imaas.model.rollout.Approval.Verdict;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.Provenance;
import io.imaas.model.rollout.ReviewRecord;
import io.imaas.model.source.CycloneDx;
import io.imaas.model.tenancy.TenantName;
import io.imaas.plan.step.Basis.RecordsRead;
import io.imaas.port.Precondition;
import io.imaas.port.Seal;
import io.imaas.port.SignedStatements;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Signs one tenant's records, and reads those that count: signed with a key that counted when they were made, about this
 * tenant, and at the path that their content belongs to. Everything else is as if it were not there, and is told.
 *
 * @param trust whose signatures count; our own, where the platform names nobody
 */
public record Records(SignedStatements format, Trust trust, TenantName tenant) {
    /** How far two clocks that are set may be apart. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** Where a record names its platform. */
    public static final String PLATFORM = "platform";

    private static final Set<Verdict> CLOSING = Set.of(Verdict.NO, Verdict.VOID, Verdict.WITHDRAWN);

    /** A record of this platform: another one with the same key and a tenant of the same name does not take it for its own. */
    public String sign(Statement record) {
        return format.sign(ofPlatform(trust, record));
    }

    public String sign(HealthRecord health) {
        return sign(health.statement(tenant));
    }

    /** What is told of an image says nothing of a platform. */
    public String attest(Statement statement) {
        return format.sign(statement);
    }

    static Statement ofPlatform(Trust trust, Statement record) {
        return trust.platform().isEmpty() ? record : saying(record, trust.platform());
    }

    private static Statement saying(Statement record, String platform) {
        Map<String, Object> said = new LinkedHashMap<>(record.said());
        said.remove(PLATFORM);
        if (!platform.isEmpty()) {
            said.put(PLATFORM, platform);
        }
        return new Statement(record.type(), record.subject(), record.sha256(), said);
    }

    /**
     * The record without the platform that it names.
     *
     * @throws FailureException INPUT when it is not of this one; who has no platform's files has no name, and takes all
     */
    public static Statement withoutPlatform(Trust trust, Statement record) {
        String platform = record.textOrEmpty(PLATFORM);
        require(
                trust.platform().isEmpty() || platform.equals(trust.platform()),
                "it is a record of " + (platform.isEmpty() ? "no platform" : "the platform " + platform)
                        + ", and this one is called " + trust.platform());
        return saying(record, "");
    }

    /**
     * Has somebody sign who says that they do: of who only asks for something no record is kept that would show it.
     *
     * @throws FailureException POLICY when no key signed that the platform lists for them
     */
    public void requireSignature(Actor actor, Instant now) {
        if (actor.proof() != Actor.Proof.SSH_SIGNATURE) {
            return;
        }
        Map<String, Object> said = Map.of("by", actor.name(), "proof", "ssh_signature", Statement.AT, now.toString());
        Statement request = new Statement(
                "urn:imaas:request:v1",
                tenant.value(),
                Digest.of(tenant.value()).hex(),
                said);
        if (!trust.signedBy(actor.name(), format.read(format.sign(request)), format::signed)) {
            throw FailureException.policy(
                    unsigned(actor.name()), "--ssh-key", "sign with a key that is listed for you");
        }
    }

    private static String unsigned(String who) {
        return "none of the keys that platform.yaml lists for " + who + " under 'people' signed it";
    }

    /** Whether a file says exactly this, and counts. */
    public boolean says(String text, Statement wanted) {
        try {
            SignedStatement signed = format.read(text);
            return withoutPlatform(trust, signed.statement()).equals(wanted)
                    && doubt(signed).isEmpty();
        } catch (FailureException unreadable) {
            return false;
        }
    }

    /** Vouches for the branch of records as a whole. */
    public Seal seal() {
        return new RecordsSeal(format, trust, tenant);
    }

    /** What was read there must still be so; null: nothing was read. */
    public List<Precondition> unchanged(RecordsRead read) {
        return read == null
                ? List.of()
                : read.paths().stream()
                        .<Precondition>map(path -> new Precondition.Unchanged(
                                GitOpsPaths.RECORDS, read.commit(), path, seal(), read.own()))
                        .toList();
    }

    private Optional<String> doubt(SignedStatement signed) {
        return trust.orElse(format.key()).doubt(signed, format::signed);
    }

    /** Why our own records count for nobody; empty when they do. */
    public Optional<String> ownDoubt() {
        Optional<SigningKey> own = format.key();
        if (own.filter(trust::lists).isPresent() || trust.orchestrators().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(own.map(key -> "this orchestrator's key is not among 'orchestrators' in platform.yaml; add"
                        + " {name: " + key.name() + ", key: \"" + key.text() + "\"}")
                .orElse("this orchestrator has no key yet; add what 'imaas key' shows to platform.yaml"));
    }

    /** The record in a file; empty, and told, when it does not count. */
    public Optional<HealthRecord> health(String path, String text, Consumer<Unbelieved> told) {
        return read(
                path,
                text,
                statement -> {
                    require(statement.type().equals(HealthRecord.TYPE), "it is not a record of health");
                    return HealthRecord.of(statement);
                },
                one -> GitOpsPaths.health(one.service(), one.environment(), one.digest()),
                told);
    }

    /** The same of an approval. */
    public Optional<Approval> approval(String path, String text, Consumer<Unbelieved> told) {
        return read(path, text, Approval::of, Approval::path, told).filter(one -> {
            boolean proven = one.proof() != Actor.Proof.SSH_SIGNATURE
                    || one.verdict() == Approval.Verdict.VOID
                    || trust.signedBy(one.by(), format.read(text), format::signed);
            if (!proven) {
                told.accept(new Unbelieved(path, unsigned(one.by())));
            }
            return proven;
        });
    }

    /**
     * The same. What opens something, from a time that has not come yet, does not count: it would expire late. A refusal counts
     * whatever the clock of its machine says.
     */
    public Optional<Approval> approval(String path, String text, Instant now, Consumer<Unbelieved> told) {
        return approval(path, text, told).filter(one -> {
            boolean early = !CLOSING.contains(one.verdict())
                    && Duration.between(now, one.at()).compareTo(SKEW) > 0;
            if (early) {
                told.accept(new Unbelieved(
                        path, "it says " + one.at() + ", which is in the future: see the clock of who wrote it"));
            }
            return !early;
        });
    }

    /** The same of a review of people's pushes. */
    public Optional<ReviewRecord> review(String path, String text, Consumer<Unbelieved> told) {
        return read(
                path,
                text,
                statement -> {
                    require(statement.type().equals(ReviewRecord.TYPE), "it is not a record of a review");
                    return ReviewRecord.of(statement);
                },
                one -> ReviewRecord.path(one.environment()),
                told);
    }

    /** Those provenances of an image that count: signed by an orchestrator, and of this tenant. */
    public List<Provenance> provenances(ImageRef image, List<String> envelopes) {
        return said(Provenance.TYPE, image, envelopes, statement -> Provenance.of(statement, image)).stream()
                .filter(provenance -> provenance.origin().tenant().equals(tenant))
                .toList();
    }

    /** Those bills of materials of an image that an orchestrator signed, as the SHA-256 of what was signed. */
    public List<String> bills(ImageRef image, List<String> envelopes) {
        return envelopes.stream()
                .filter(one -> !said(CycloneDx.TYPE, image, List.of(one), Function.identity())
                        .isEmpty())
                .map(one -> Digest.of(format.read(one).envelope().payload()).hex())
                .toList();
    }

    public boolean signed(ImageRef image, List<String> envelopes) {
        return !said(ImageSignature.TYPE, image, envelopes, Function.identity()).isEmpty();
    }

    /** What is said of an image, whoever has signed it: nothing to decide by. */
    public List<Statement> anyones(String type, ImageRef image, List<String> envelopes) {
        return said(format, type, image, envelopes, signed -> true, SignedStatement::statement);
    }

    private <T> List<T> said(String type, ImageRef image, List<String> envelopes, Function<Statement, T> parse) {
        return said(
                format,
                type,
                image,
                envelopes,
                signed -> doubt(signed).isEmpty(),
                signed -> parse.apply(signed.statement()));
    }

    /** Those statements of a type about an image that count, read. */
    static <T> List<T> said(
            SignedStatements format,
            String type,
            ImageRef image,
            List<String> envelopes,
            Predicate<SignedStatement> counts,
            Function<SignedStatement, T> parse) {
        List<T> found = new ArrayList<>();
        for (String envelope : envelopes) {
            try {
                SignedStatement signed = format.read(envelope);
                boolean about = signed.statement().type().equals(type)
                        && signed.statement().sha256().equals(image.digest().hex());
                if (about && counts.test(signed)) {
                    found.add(parse.apply(signed));
                }
            } catch (FailureException unbelieved) {
                // Anybody who may push may attach anything: it is as if it were not there.
            }
        }
        return found;
    }

    private <T> Optional<T> read(
            String path,
            String text,
            Function<Statement, T> parse,
            Function<T, String> belongs,
            Consumer<Unbelieved> told) {
        try {
            SignedStatement signed = format.read(text);
            doubt(signed).ifPresent(why -> require(false, why));
            Statement statement = withoutPlatform(trust, signed.statement());
            require(
                    statement.text("tenant").equals(tenant.value()),
                    "it is a record of the tenant " + statement.text("tenant"));
            T record = parse.apply(statement);
            require(belongs.apply(record).equals(path), "it belongs to " + belongs.apply(record));
            return Optional.of(record);
        } catch (FailureException unbelieved) {
            told.accept(new Unbelieved(path, unbelieved.failure().what()));
            return Optional.empty();
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw FailureException.input(otherwise, "", "");
        }
    }

    /** What does not count at a time among all files of the records branch: path and text. */
    public List<Unbelieved> unbelieved(Map<String, String> files, Instant now) {
        List<Unbelieved> found = new ArrayList<>();
        files.forEach((path, text) -> {
            if (path.startsWith("health/")) {
                health(path, text, found::add);
            } else if (path.startsWith("approvals/") || path.startsWith("overrides/")) {
                approval(path, text, now, found::add);
            } else if (path.startsWith("reviews/")) {
                review(path, text, found::add);
            } else {
                found.add(new Unbelieved(path, "no record belongs there"));
            }
        });
        return found;
    }
}
