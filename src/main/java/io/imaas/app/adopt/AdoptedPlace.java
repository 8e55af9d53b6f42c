package io.imaas.app.adopt;

import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.RunningApplication;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.util.Comparator;
import java.util.List;

/** Whose an application is, by the name of its namespace, which can't be changed without starting everything anew. */
record AdoptedPlace(TenantName tenant, EnvironmentName environment, ServiceName service) {
    /** @throws FailureException INPUT when the names do not say it */
    static AdoptedPlace of(RunningApplication application, AdoptRequest request) {
        String namespace = application.namespace();
        EnvironmentName environment = request.environments().stream()
                .filter(name -> namespace.endsWith("-" + name))
                .max(Comparator.comparing(name -> name.value().length()))
                .orElseThrow(() -> FailureException.input(
                        "its namespace '" + namespace + "' is not called TENANT-ENVIRONMENT (environments: "
                                + request.environments() + ")",
                        application.name(),
                        "name its ending by --environments; a namespace can't be renamed, so what runs in another one is"
                                + " moved by a new release into a new namespace"));
        String tenant =
                namespace.substring(0, namespace.length() - environment.value().length() - 1);
        ServiceName named = request.services().get(application.name());
        return new AdoptedPlace(
                new TenantName(tenant),
                environment,
                named == null ? new ServiceName(bare(application.name(), tenant, environment.value())) : named);
    }

    /** An application's name without tenant and environment, which are often part of it. */
    private static String bare(String name, String tenant, String environment) {
        String bare = name;
        for (String prefix : List.of(tenant + "-" + environment + "-", environment + "-", tenant + "-")) {
            bare = bare.startsWith(prefix) && bare.length() > prefix.length() ? bare.substring(prefix.length()) : bare;
        }
        for (String suffix : List.of("-" + tenant + "-" + environment, "-" + environment)) {
            bare = bare.endsWith(suffix) && bare.length() > suffix.length()
                    ? bare.substring(0, bare.length() - suffix.length())
                    : bare;
        }
        return bare;
    }
}
