package io.imaas.adapter.forge.setup;

import io.imaas.adapter.forge.http.Answers;
import io.imaas.model.failure.Effect;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.BranchProtection;
import io.imaas.port.RepositorySetup;
import java.net.URI;
import java.util.List;
import java.util.OptionalLong;

/** A repository's setup at whatever server: looks before it writes, and a dry run only looks. A kind of server adds its calls. */
public abstract class SharedSetup implements RepositorySetup {
    protected final Answers answers;
    protected final String repository;
    protected final boolean writes;

    /**
     * @param repository how people call it, for messages
     * @param writes false for a dry run
     */
    protected SharedSetup(Answers answers, String repository, boolean writes) {
        this.answers = answers;
        this.repository = repository;
        this.writes = writes;
    }

    protected abstract boolean exists();

    /** Makes it, for nobody but its owners to see. */
    protected abstract void make(String description);

    /** The id of the webhook that goes to this address. */
    protected abstract OptionalLong hook(String address);

    /** @param known empty to make a new one */
    protected abstract void write(OptionalLong known, URI target, Secret secret);

    @Override
    public final Effect create(String description) {
        if (exists()) {
            return Effect.unchanged("repository", repository);
        }
        if (writes) {
            make(description);
        }
        return Effect.created("repository", repository, "private");
    }

    /** What became of a protection that had these gaps. */
    protected static Effect protection(BranchProtection wanted, boolean known, List<String> gaps) {
        String detail = String.join(", ", gaps);
        return known
                ? Effect.updated("branch protection", wanted.pattern(), detail)
                : Effect.created("branch protection", wanted.pattern(), detail);
    }

    /** A server never shows a secret again, so it is set each time. */
    @Override
    public final Effect webhook(URI target, Secret secret) {
        OptionalLong known = hook(target.toString());
        if (writes) {
            write(known, target, secret);
        }
        return known.isPresent()
                ? Effect.updated("webhook", target.getHost(), "its secret is set again")
                : Effect.created("webhook", target.getHost(), "");
    }
}
