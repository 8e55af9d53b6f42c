package io.imaas.adapter.forge.setup;

import io.imaas.adapter.web.Answers;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.Digest;
import io.imaas.model.source.BranchProtection;
import io.imaas.model.source.ForgeRight;
import io.imaas.port.RepositorySetup;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import okhttp3.HttpUrl;

/** A repository's setup at whatever server: looks before it writes, and a dry run only looks. A kind of server adds its calls. */
public abstract class SharedSetup implements RepositorySetup {
    protected final Answers answers;
    protected final String repository;
    protected final boolean writes;
    private final HttpUrl tokens;

    /**
     * @param repository how people call it, for messages
     * @param tokens the page on which a token gets its rights
     * @param writes false for a dry run
     */
    protected SharedSetup(Answers answers, String repository, HttpUrl tokens, boolean writes) {
        this.answers = answers.with(403, "check the token's permissions at " + tokens + " (docs/rights.md)");
        this.repository = repository;
        this.tokens = tokens;
        this.writes = writes;
    }

    protected final ForgeRight right(String purpose, boolean held, String name) {
        return new ForgeRight(purpose, held, name, tokens.toString());
    }

    protected abstract boolean exists();

    /** Makes it, for nobody but its owners to see. */
    protected abstract void make(String description);

    /** How the server calls the right to make repositories. */
    protected abstract String makingRight();

    protected abstract void delete();

    /** The addresses of its webhooks, by id. */
    protected abstract Map<Long, String> hooks();

    /** @param known empty to make a new one */
    protected abstract void write(OptionalLong known, URI target, Secret secret);

    @Override
    public final Effect create(String description) {
        if (exists()) {
            return Effect.unchanged("repository", repository);
        }
        if (writes) {
            try {
                make(description);
            } catch (FailureException refused) {
                throw switch (refused.failure().kind()) {
                    case POLICY -> mayNotMake(refused);
                    // Without an answer it may have been made all the same.
                    case EXTERNAL ->
                        refused.after(List.of(Effect.created("repository", repository, "the answer was lost")));
                    default -> refused;
                };
            }
        }
        return Effect.created("repository", repository, "private");
    }

    private FailureException mayNotMake(FailureException refused) {
        ForgeRight missing = right("to make repositories", false, makingRight());
        return FailureException.policy(
                "the repository can't be made: " + refused.failure().what(),
                repository,
                "give our token the right " + missing.advice() + ", or make the repository by hand and leave it empty");
    }

    @Override
    public final Effect remove() {
        if (writes) {
            delete();
        }
        return Effect.deleted("repository", repository, "");
    }

    /**
     * Whether there is any rule for these branches.
     *
     * @throws FailureException POLICY when there is one that can't be changed to what is wanted
     */
    protected abstract boolean isProtected(BranchProtection wanted);

    protected abstract void protect(BranchProtection wanted, boolean known);

    /**
     * What a rule lacks of the reviews and checks that are wanted.
     *
     * @param fresh whether an approval ends with the next commit
     */
    protected static List<String> reviewGaps(
            BranchProtection wanted, int approvals, boolean fresh, List<String> checks) {
        List<String> gaps = new ArrayList<>();
        if (approvals < wanted.approvals()) {
            gaps.add("it takes changes with fewer than " + wanted.approvals() + " approvals");
        }
        if (wanted.approvals() > 0 && !fresh) {
            gaps.add("approvals of older commits count");
        }
        List<String> missing = new ArrayList<>(wanted.checks());
        missing.removeAll(checks);
        if (!missing.isEmpty()) {
            gaps.add("it takes changes without the checks " + String.join(", ", missing));
        }
        return gaps;
    }

    @Override
    public final Effect protect(BranchProtection wanted) {
        List<String> gaps = gaps(wanted);
        if (gaps.isEmpty()) {
            return Effect.unchanged("branch protection", wanted.pattern());
        }
        boolean known = isProtected(wanted);
        if (writes) {
            protect(wanted, known);
        }
        String detail = String.join(", ", gaps);
        return known
                ? Effect.updated("branch protection", wanted.pattern(), detail)
                : Effect.created("branch protection", wanted.pattern(), detail);
    }

    /** A server never shows a secret again, so the address carries a mark of it: too short to tell the secret by. */
    @Override
    public final Effect webhook(URI target, Secret secret) {
        String marked = target + "?key=" + mark(secret);
        Map<Long, String> hooks = hooks();
        if (hooks.containsValue(marked)) {
            return Effect.unchanged("webhook", target.getHost());
        }
        OptionalLong known = hooks.entrySet().stream()
                .filter(hook -> isFor(hook.getValue(), target))
                .mapToLong(Map.Entry::getKey)
                .findFirst();
        if (writes) {
            write(known, URI.create(marked), secret);
        }
        return known.isPresent()
                ? Effect.updated("webhook", target.getHost(), "its secret is set again")
                : Effect.created("webhook", target.getHost(), "");
    }

    /** Whether a web hook's address is this one, whatever mark it carries. */
    protected static boolean isFor(String address, URI target) {
        return address.replaceFirst("\\?key=[0-9a-f]*$", "").equals(target.toString());
    }

    private static String mark(Secret secret) {
        return Digest.of("webhook " + secret.reveal()).hex().substring(0, 4);
    }
}
