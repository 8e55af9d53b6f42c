package io.imaas.model.tenancy;

import java.io.Serializable;
import java.util.List;

/**
 * WSO2's API Manager, whose service catalog lists the APIs of gateways, so that its publishers can make managed APIs of
 * them.
 *
 * @param url its address; {@code ${environment}} stands for the environment; empty: there is none
 * @param credential the name of the secret with our login there
 * @param environments whose APIs are listed; empty: all
 */
public record ApiManagerPolicy(String url, String credential, List<EnvironmentName> environments)
        implements Serializable {
    /** The usual name of the secret. */
    public static final String SECRET = "IMAAS_API_MANAGER";

    public static final ApiManagerPolicy NONE = new ApiManagerPolicy("", SECRET, List.of());

    public ApiManagerPolicy {
        environments = List.copyOf(environments);
    }

    /** What runs of a pull request is nothing to build on. */
    public boolean lists(EnvironmentName environment) {
        return !url.isEmpty()
                && !environment.equals(Previews.SPACE)
                && (environments.isEmpty() || environments.contains(environment));
    }

    public String urlOf(EnvironmentName environment) {
        return url.replace("${environment}", environment.value());
    }
}
