package io.imaas.adapter.argocd.machine;

import io.imaas.model.failure.FailureException;

/**
 * An Argo CD application's name.
 *
 * @param namespace where the Application object is kept; empty for Argo CD's own namespace
 */
public record ApplicationName(String namespace, String name) {
    /** Reads {@code name} or, as Argo CD's own command line writes it, {@code namespace/name}. */
    public static ApplicationName parse(String text) {
        int slash = text.indexOf('/');
        ApplicationName parsed = slash < 0
                ? new ApplicationName("", text)
                : new ApplicationName(text.substring(0, slash), text.substring(slash + 1));
        if (parsed.name.isBlank() || parsed.name.contains("/") || (slash >= 0 && parsed.namespace.isBlank())) {
            throw FailureException.input(
                    "'" + text + "' is not an application name", "write NAME, or NAMESPACE/NAME outside argocd's own");
        }
        return parsed;
    }

    /** For queries: null leaves the parameter out. */
    public String namespaceOrNull() {
        return namespace.isEmpty() ? null : namespace;
    }

    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
