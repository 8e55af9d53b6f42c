package io.imaas.model.tenancy;

import java.io.Serializable;
import java.util.List;

/**
 * By which Gateway services of type {@code gateway} are reached from outside.
 *
 * @param kind whose policies it takes
 * @param name of the Gateway; empty: services make their own Ingresses
 * @param listener of the Gateway; empty: all that fit
 * @param issuer of the tokens that callers must bring; empty: none is asked for
 * @param jwks where the issuer's keys are
 * @param audiences of which a token must name one; empty: any
 */
public record GatewayPolicy(
        Kind kind, String namespace, String name, String listener, String issuer, String jwks, List<String> audiences)
        implements Serializable {
    public static final GatewayPolicy NONE = new GatewayPolicy(Kind.PLAIN, "", "", "", "", "", List.of());

    /** A gateway whose own policies are known; a plain one takes routes alone. */
    public enum Kind {
        PLAIN,
        ENVOY
    }

    public GatewayPolicy {
        audiences = List.copyOf(audiences);
    }

    public boolean isOn() {
        return !name.isEmpty();
    }

    public boolean asksForTokens() {
        return !issuer.isEmpty();
    }
}
