package io.imaas.model.evidence;

import io.imaas.model.identity.SigningKey;
import io.imaas.model.image.CertifiedSigner;
import io.imaas.model.image.ImageSignature;
import io.imaas.model.record.ListedKey;
import io.imaas.model.record.Person;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.io.Serializable;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is known of one release in one environment, complete enough to be checked by somebody who has nothing else.
 *
 * @param by who had it written
 * @param at when
 * @param records signed statements about it: approvals of exactly these manifests, health
 * @param orchestrators the keys whose records count
 * @param people who signed one of the records themselves, with their keys
 * @param imageKeys the keys whose signatures of images count
 * @param bundle the commits with the service's files, as a Git bundle in Base64
 * @param missing what could not be had, and why
 */
public record Evidence(
        TenantName tenant,
        ServiceName service,
        EnvironmentName environment,
        String by,
        Instant at,
        Release release,
        Build build,
        Decision decision,
        List<Kept> records,
        List<ListedKey> orchestrators,
        List<Person> people,
        List<SigningKey> imageKeys,
        String bundle,
        List<String> missing)
        implements Serializable {
    /** The kind of its statement. */
    public static final String TYPE = "urn:imaas:evidence:v1";

    /**
     * Where the image comes from.
     *
     * @param sources the repository of the service
     * @param provenances signed statements from what the image was built, as envelopes
     * @param sbom SHA-256 of the bill of materials that is signed and attached to the image; empty where there is none
     * @param labels of the image's configuration: its build and tests as they say
     * @param signatures that one of {@link Evidence#imageKeys} made
     * @param keyless those of {@code policy.images.signedBy} who signed it without a key, as was proven when the file was made
     */
    public record Build(
            String sources,
            List<String> provenances,
            String sbom,
            Map<String, String> labels,
            List<ImageSignature> signatures,
            List<CertifiedSigner> keyless)
            implements Serializable {
        public Build {
            provenances = List.copyOf(provenances);
            labels = ordered(labels);
            signatures = List.copyOf(signatures);
            keyless = List.copyOf(keyless);
        }
    }

    /**
     * The change that brought it to run.
     *
     * @param released the commit that brought the release to the environment's branch
     * @param wanted the commit of that branch whose files were rendered
     * @param rendered the commit with the manifests; null where the deployment server renders
     * @param by who asked for it
     * @param gates by name, what each found at that moment
     * @param manifests the SHA-256 of the manifests; empty where the deployment server renders
     * @param chart the SHA-256 over the chart's files; empty as well
     */
    public record Decision(
            CommitId released,
            CommitId wanted,
            CommitId rendered,
            String by,
            Instant at,
            String subject,
            Map<String, String> gates,
            String manifests,
            String chart)
            implements Serializable {
        public Decision {
            gates = ordered(gates);
        }

        /** The commit whose trailers tell what was decided. */
        public CommitId carrier() {
            return rendered == null ? released : rendered;
        }
    }

    /**
     * A record as it is kept.
     *
     * @param path on the branch of records
     * @param envelope the whole file
     */
    public record Kept(String path, String envelope) implements Serializable {}

    public Evidence {
        records = List.copyOf(records);
        orchestrators = List.copyOf(orchestrators);
        people = List.copyOf(people);
        imageKeys = List.copyOf(imageKeys);
        missing = List.copyOf(missing);
    }

    /** What it is about, as statements name it. */
    public String subject() {
        return tenant + "/" + service + "/" + environment;
    }

    private static Map<String, String> ordered(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
