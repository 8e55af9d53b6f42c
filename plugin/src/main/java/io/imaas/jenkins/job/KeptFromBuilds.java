package io.imaas.jenkins.job;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.jenkins.config.NamingRules;
import io.imaas.jenkins.credentials.JenkinsSecrets;
import io.imaas.model.failure.FailureException;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * The credentials that only the orchestrator may use: whoever has one can write what runs. A build can bind every
 * credential of its folder, of the folders above, and of Jenkins' own store with global scope; so these have to lie in
 * Jenkins' own store with system scope.
 */
public final class KeptFromBuilds {
    private KeptFromBuilds() {}

    /** Those of the platform and of one tenant, by id. */
    private static Stream<String> ids(ImaasConfiguration platform, String tenant) {
        Stream<String> ours = Stream.of(
                platform.getGitCredentialsId(),
                platform.getRegistryCredentialsId(),
                platform.getSigningCredentialsId(),
                hasGlobalScope(JenkinsSecrets.SIGSTORE_TOKEN) ? JenkinsSecrets.SIGSTORE_TOKEN : "",
                NamingRules.idFor(platform.namingRules().git(), tenant));
        return Stream.concat(ours, platform.getServers().stream().flatMap(server -> server.credentials().stream()))
                .filter(id -> !id.isEmpty())
                .distinct()
                .sorted();
    }

    /**
     * Refuses to act for a tenant whose builds could take the platform's place.
     *
     * @throws FailureException POLICY when there is such a credential
     */
    public static void require(AbstractFolder<?> folder) {
        JenkinsSecrets bindable = new JenkinsSecrets(folder);
        List<String> visible = ids(ImaasConfiguration.get(), folder.getName())
                .filter(bindable::has)
                .toList();
        if (!visible.isEmpty()) {
            throw FailureException.policy(
                    "builds in this folder can use credentials that are the orchestrator's alone: "
                            + String.join(", ", visible),
                    folder.getFullName(),
                    HOW);
        }
    }

    /** Whether credentials of Jenkins' own store can be bound by every build. */
    public static boolean hasGlobalScope(String id) {
        return new JenkinsSecrets(Jenkins.get()).isOfScope(id, CredentialsScope.GLOBAL);
    }

    /** What to do about such a credential. */
    public static final String HOW = "move them to Jenkins' own store and give them the scope System"
            + " (Manage Jenkins > Credentials > System > Update)";
}
