package io.imaas.model.rollout;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRef;
import io.imaas.model.record.Statement;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From what an image was built, and how its tests ended: SLSA provenance, version 1 (slsa.dev/spec/v1.0/provenance). The
 * orchestrator signs it, since labels of an image prove nothing: whoever may push can write them.
 *
 * @param version of the MI project
 * @param tests {@code passed}, {@code none} or {@code not-run}
 */
public record Provenance(BuildOrigin origin, ImageRef image, String version, String tests, Instant at)
        implements Serializable {
    public static final String TYPE = "https://slsa.dev/provenance/v1";
    private static final String BUILD_TYPE = "urn:imaas:build:mi:v1";
    private static final String BUILDER_ID = "urn:imaas:orchestrator";
    private static final String DEFINITION = "buildDefinition";
    private static final String EXTERNAL = "externalParameters";
    private static final String INTERNAL = "internalParameters";
    private static final String DETAILS = "runDetails";
    private static final String METADATA = "metadata";

    /** Whether both tell of one image of one build, whenever and by which build it was said. */
    public boolean sameAs(Provenance other) {
        return origin.buildKey().equals(other.origin.buildKey())
                && tests.equals(other.tests)
                && image.equals(other.image);
    }

    /** What is signed and attached to the image. */
    public Statement statement() {
        Map<String, Object> definition = new LinkedHashMap<>();
        definition.put("buildType", BUILD_TYPE);
        definition.put(
                EXTERNAL,
                Map.of(
                        "source", origin.sourceUrl(),
                        "commit", origin.source().value(),
                        "ref", origin.ref(),
                        "path", origin.path(),
                        "base", origin.base()));
        definition.put(
                INTERNAL,
                Map.of(
                        "tenant", origin.tenant().value(),
                        "service", origin.service().value(),
                        "builder", origin.builder(),
                        "buildKey", origin.buildKey(),
                        "version", version,
                        "tests", tests));
        definition.put("resolvedDependencies", dependencies());
        Map<String, Object> said = new LinkedHashMap<>();
        said.put(DEFINITION, definition);
        said.put(
                DETAILS,
                Map.of(
                        "builder",
                        Map.of("id", BUILDER_ID),
                        METADATA,
                        Map.of("invocationId", origin.build(), "finishedOn", at.toString())));
        said.put(Statement.AT, at.toString());
        return new Statement(TYPE, image.repository().toString(), image.digest().hex(), said);
    }

    private List<Map<String, Object>> dependencies() {
        List<Map<String, Object>> dependencies = new ArrayList<>();
        dependencies.add(Map.of(
                "uri",
                "git+" + origin.sourceUrl(),
                "digest",
                Map.of("gitCommit", origin.source().value())));
        String base = origin.base();
        int digest = base.indexOf("@sha256:");
        if (digest > 0) {
            dependencies.add(Map.of(
                    "uri",
                    "pkg:oci/" + base.substring(0, digest),
                    "digest",
                    Map.of("sha256", base.substring(digest + "@sha256:".length()))));
        }
        return dependencies;
    }

    /**
     * Reads {@link #statement}.
     *
     * @param image to which it is attached
     * @throws FailureException INPUT when it is not a provenance of ours, or another image's
     */
    public static Provenance of(Statement statement, ImageRef image) {
        if (!statement.type().equals(TYPE)) {
            throw FailureException.input("this is not a provenance: " + statement.type(), image.toString(), "");
        }
        if (!statement.sha256().equals(image.digest().hex())) {
            throw FailureException.input("the provenance is that of another image", image.toString(), "");
        }
        try {
            BuildOrigin origin = new BuildOrigin(
                    new TenantName(statement.text(DEFINITION, INTERNAL, "tenant")),
                    new ServiceName(statement.text(DEFINITION, INTERNAL, "service")),
                    statement.text(DEFINITION, EXTERNAL, "source"),
                    new CommitId(statement.text(DEFINITION, EXTERNAL, "commit")),
                    statement.text(DEFINITION, EXTERNAL, "ref"),
                    statement.text(DEFINITION, EXTERNAL, "path"),
                    statement.text(DEFINITION, EXTERNAL, "base"),
                    statement.text(DEFINITION, INTERNAL, "builder"),
                    statement.text(DEFINITION, INTERNAL, "buildKey"),
                    statement.text(DETAILS, METADATA, "invocationId"));
            return new Provenance(
                    origin,
                    image,
                    statement.text(DEFINITION, INTERNAL, "version"),
                    statement.text(DEFINITION, INTERNAL, "tests"),
                    statement.at());
        } catch (IllegalArgumentException e) {
            throw FailureException.input("this is not a provenance: " + e.getMessage(), image.toString(), "");
        }
    }
}
