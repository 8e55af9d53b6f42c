package io.imaas.port;

import io.imaas.model.failure.Effect;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.tenancy.OnboardingPolicy.RegistryPolicy;
import io.imaas.port.Cluster.Applied;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tenants' spaces on a registry that has such a thing, as Harbor has projects. */
public interface RegistrySpaces {
    /** Of effects: an account of a space. */
    String ACCOUNT = "registry account";

    /**
     * @param images below which the tenant's images lie
     * @param owner whose it is, such as {@code acme/orders}; a space of another owner is never changed
     * @return empty where a registry makes room by the first push
     */
    Optional<Space> find(RegistryPolicy policy, ImageRepository images, String owner);

    /** One tenant's. Every write looks first; in a dry run it only looks and tells what it would do. */
    interface Space {
        /** Makes it, or brings it to what is wanted. */
        Applied ensure();

        /**
         * Takes back what {@link #ensure} did.
         *
         * @param made its effects
         * @throws io.imaas.model.failure.FailureException FAILED when somebody else uses it meanwhile
         */
        List<Effect> undo(List<Effect> made);

        /** Makes an account that may pull the tenant's images, and nothing else. Its password is told this once. */
        Account issue(String name, int days);

        /**
         * Deletes accounts that were issued before.
         *
         * @param prefix of their names
         * @param kept whole names of those that stay
         */
        List<Effect> retire(String prefix, List<String> kept);
    }

    /** @param until when it ends; {@link Instant#MAX}: never */
    record Account(RegistryLogins.Login login, Instant until) {}
}
