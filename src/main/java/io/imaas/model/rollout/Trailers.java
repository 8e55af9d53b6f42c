package io.imaas.model.rollout;

import io.imaas.model.identity.Actor;
import io.imaas.model.identity.Actor.Proof;
import io.imaas.model.image.ImageRef;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The {@code Imaas-*} trailers of the orchestrator's commits, in the order in which they are written: the audit log of a
 * GitOps repository. docs/formats.md says what each of them tells.
 */
public record Trailers(Map<String, String> lines) implements Serializable {
    public static final String PREFIX = "Imaas-";
    public static final String TENANT = PREFIX + "Tenant";
    public static final String SERVICE = PREFIX + "Service";
    public static final String ENVIRONMENT = PREFIX + "Environment";
    public static final String FROM = PREFIX + "From";
    public static final String IMAGE = PREFIX + "Image";
    public static final String SOURCE = PREFIX + "Source";
    public static final String BUILD = PREFIX + "Build";
    public static final String ACTOR = PREFIX + "Actor";
    /** How it was proven who asked. */
    public static final String PROOF = PREFIX + "Proof";

    public static final String REASON = PREFIX + "Reason";
    public static final String ASSUMED = PREFIX + "Assumed";
    public static final String OVERRIDE = PREFIX + "Override";
    /** Where the signed record of an override is on the branch of records. */
    public static final String OVERRIDE_RECORD = PREFIX + "Override-Record";

    /** Where the signed records of the approvals that its gate counted are there. */
    public static final String APPROVAL_RECORDS = PREFIX + "Approval-Records";

    public static final String ROLLBACK = PREFIX + "Rollback";
    public static final String REVERTS = PREFIX + "Reverts";
    public static final String HEALTH = PREFIX + "Health";
    public static final String WANTED = PREFIX + "Wanted";
    public static final String CHART = PREFIX + "Chart";
    public static final String MANIFESTS = PREFIX + "Manifests";

    /** The trace that the commit is part of, as W3C Trace Context writes it. */
    public static final String TRACE = PREFIX + "Trace";

    /** The commit of the branch of records that counted for whoever made this one. */
    public static final String RECORDS = PREFIX + "Records";

    /** Vouches for a commit of a sealed branch. */
    public static final String SEAL = PREFIX + "Seal";

    /** What a gate found when it let the change land; its name follows. */
    public static final String GATE = PREFIX + "Gate-";

    /** The idempotency key of a change: whoever tries it again finds it by this. */
    public static final String KEY = PREFIX + "Key";

    public static final Trailers NONE = new Trailers(Map.of());

    public Trailers {
        lines = Collections.unmodifiableMap(new LinkedHashMap<>(lines));
    }

    /** By name, what gates found. */
    public Map<String, String> gates() {
        Map<String, String> gates = new LinkedHashMap<>();
        lines.forEach((name, found) -> {
            if (name.startsWith(GATE)) {
                gates.put(name.substring(GATE.length()), found);
            }
        });
        return gates;
    }

    /** Those of a change of one environment as a whole. */
    public static Trailers of(TenantName tenant, EnvironmentName environment) {
        return of(tenant, List.of(), environment);
    }

    /** Those of a change of some services in one environment. */
    public static Trailers of(TenantName tenant, Collection<ServiceName> services, EnvironmentName environment) {
        return NONE.with(TENANT, tenant.value())
                .with(SERVICE, joined(services, ServiceName::value))
                .with(ENVIRONMENT, environment.value());
    }

    /** Whether a commit with these lines was made for this environment: one that came with a promotion was made for another. */
    public static boolean areOf(TenantName tenant, EnvironmentName environment, Map<String, String> lines) {
        return tenant.value().equals(lines.get(TENANT)) && environment.value().equals(lines.get(ENVIRONMENT));
    }

    public Trailers images(Collection<ImageRef> images) {
        return with(IMAGE, joined(images, ImageRef::toString));
    }

    /** With one more line; a value of no characters adds none. */
    public Trailers with(String name, String value) {
        if (value.isEmpty()) {
            return this;
        }
        Map<String, String> more = new LinkedHashMap<>(lines);
        more.put(name, value);
        return new Trailers(more);
    }

    /** Of what somebody asked for. */
    public Trailers askedBy(Actor actor) {
        return with(ACTOR, actor.name()).with(PROOF, actor.proof().written());
    }

    /** How it was proven who asked; empty where nobody wrote it down. */
    public Optional<Proof> proof() {
        return Proof.read(get(PROOF));
    }

    /** With others' lines after its own. */
    public Trailers and(Trailers others) {
        Map<String, String> more = new LinkedHashMap<>(lines);
        more.putAll(others.lines);
        return new Trailers(more);
    }

    public Trailers without(String name) {
        Map<String, String> fewer = new LinkedHashMap<>(lines);
        fewer.remove(name);
        return new Trailers(fewer);
    }

    /** The value of a line; empty text when there is none. */
    public String get(String name) {
        return lines.getOrDefault(name, "");
    }

    private static <T> String joined(Collection<T> things, Function<T, String> word) {
        return things.stream().map(word).collect(Collectors.joining(", "));
    }
}
