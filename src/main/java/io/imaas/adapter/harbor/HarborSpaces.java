package io.imaas.adapter.harbor;

import io.imaas.adapter.web.Answers;
import io.imaas.adapter.web.LoginApi;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.tenancy.OnboardingPolicy.RegistryPolicy;
import io.imaas.port.RegistrySpaces;
import io.imaas.port.Secrets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@link RegistrySpaces} on Harbor: a private project for each tenant. */
public final class HarborSpaces implements RegistrySpaces, AutoCloseable {
    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?");

    private final LoginApi servers;
    private final boolean writes;
    private final boolean adopts;

    /**
     * @param writes whether what differs is written, or only told
     * @param adopts whether a project that says nothing of its owner is taken over
     */
    public HarborSpaces(Secrets secrets, boolean writes, boolean adopts) {
        this.servers = new LoginApi(secrets);
        this.writes = writes;
        this.adopts = adopts;
    }

    @Override
    public Optional<Space> find(RegistryPolicy policy, ImageRepository images, String owner) {
        if (!policy.isHarbor()) {
            return Optional.empty();
        }
        Answers answers = new Answers(
                "Harbor",
                Map.of(
                        401,
                                "give the secret " + policy.credential()
                                        + " the value user:password of an administrator or of a robot account of the system",
                        403,
                                "give it under Administration > Robot Accounts, or take an administrator's login for "
                                        + policy.credential(),
                        0, "check section 'onboarding.registry' of platform.yaml"));
        HarborProject project =
                new HarborProject(api(policy, images.registry()), answers, images, owner, writes, adopts);
        return Optional.of(new HarborSpace(project, policy));
    }

    private HarborApi api(RegistryPolicy policy, String registry) {
        String scheme = LOOPBACK.matcher(registry).matches() ? "http" : "https";
        return servers.at(
                HarborApi.class,
                scheme + "://" + registry + "/api/v2.0/",
                "Harbor at " + registry,
                policy.credential());
    }

    @Override
    public void close() {
        servers.close();
    }
}
