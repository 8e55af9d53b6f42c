package io.imaas.model.tenancy;

import java.io.Serializable;

/**
 * A secret that a service gets, by where it is kept; its value is in no file.
 *
 * @param name of the environment variable
 * @param key where it is kept, below the tenant's own prefix
 * @param property which part of it; empty: the whole
 */
public record ServiceSecret(String name, String key, String property) implements Serializable {}
