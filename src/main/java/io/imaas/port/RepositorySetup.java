package io.imaas.port;

import io.imaas.model.event.MissedDelivery;
import io.imaas.model.failure.Effect;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.BranchProtection;
import io.imaas.model.source.ForgeRight;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * One repository on its Git server, as who sets it up sees it. Every write looks first, changes nothing that is right
 * already, and returns its effect; in a dry run it only looks and tells what it would do.
 */
public interface RepositorySetup {
    /** Makes the repository when there is none: private, and empty. */
    Effect create(String description);

    /** Deletes the repository with all that is in it: for who made it a moment ago, and found nobody else's work in it. */
    Effect remove();

    /** The names of its branches, 50 at the most; none where it is empty or not there. */
    List<String> branches();

    /** Protects branches, existing ones and those to come. */
    Effect protect(BranchProtection wanted);

    /**
     * What of a protection does not hold.
     *
     * @return a clause for people each, such as {@code others may push}; empty when all holds
     */
    List<String> gaps(BranchProtection wanted);

    /**
     * Has the server tell of pushes, pull requests and reviews.
     *
     * @param secret with which the server signs what it sends; the address tells a new one from the one that is set
     */
    Effect webhook(URI target, Secret secret);

    /**
     * What the server could not tell a web hook since a time and never sends again by itself, the oldest first; 200 at the
     * most, and none where a server tries again itself or keeps nothing.
     */
    default List<MissedDelivery> missed(URI target, Instant since) {
        return List.of();
    }

    /** The file in which this server looks for the reviewers of paths, such as {@code CODEOWNERS}. */
    String ownersFile();

    /** What the login may do of all that is needed here. */
    List<ForgeRight> rights();
}
