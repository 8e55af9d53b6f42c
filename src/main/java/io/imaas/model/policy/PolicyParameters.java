package io.imaas.model.policy;

import io.imaas.model.failure.Location;
import java.io.Serializable;
import java.util.Map;

/**
 * A ConfigMap that policies are parameterised with.
 *
 * @param fields the whole object as it is applied to a cluster
 */
public record PolicyParameters(
        String name, String namespace, Location where, Map<String, Object> labels, Map<String, Object> fields)
        implements Serializable {}
