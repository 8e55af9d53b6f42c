package io.imaas.jenkins.job;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import io.imaas.jenkins.config.ConfigurationChange;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.jenkins.config.NamingRules;
import io.imaas.jenkins.config.TenantProperty;
import io.imaas.jenkins.credentials.JenkinsSecrets;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import jenkins.model.Jenkins;

/**
 * Lets a tenant's folder name the tenant's own credentials, where the administrators' naming rules find some, and tells
 * which are missing. Secrets come by other ways: this writes ids alone, and only where nobody wrote one.
 */
final class CredentialsBinding {
    private static final String CREDENTIALS = "credentials";

    private final AbstractFolder<?> folder;
    private final TenantProperty property;
    private final List<Effect> effects = new ArrayList<>();

    private CredentialsBinding(AbstractFolder<?> folder) {
        this.folder = folder;
        this.property = folder.getProperties().get(TenantProperty.class);
    }

    /**
     * @throws FailureException INPUT when the rules would mix tenants up; POLICY when the folder's builds could use what
     *     is the orchestrator's alone
     */
    static List<Effect> ensure(AbstractFolder<?> folder) throws IOException {
        NamingRules rules = ImaasConfiguration.get().namingRules();
        rules.problem().ifPresent(problem -> {
            throw FailureException.input(
                    problem, "Integration platform", "correct the names under Manage Jenkins > System");
        });
        KeptFromBuilds.require(folder);
        CredentialsBinding binding = new CredentialsBinding(folder);
        TenantProperty property = binding.property;
        binding.writer(rules.git());
        binding.bind(
                "registry",
                rules.registry(),
                property.getRegistryCredentialsId(),
                property::setRegistryCredentialsId,
                "builds push without a login");
        binding.bind(
                "Slack",
                rules.slack(),
                property.getSlackCredentialsId(),
                property::setSlackCredentialsId,
                "the platform's are used");
        if (binding.effects.stream().anyMatch(Effect::isChange)) {
            folder.save();
            ConfigurationChange.announce();
        }
        return binding.effects;
    }

    /** It stands in no folder: it is found by its name alone, in Jenkins' own store. */
    private void writer(String rule) {
        if (rule.isEmpty()) {
            return;
        }
        String id = NamingRules.idFor(rule, folder.getName());
        if (new JenkinsSecrets(Jenkins.get()).has(id)) {
            effects.add(Effect.unchanged(CREDENTIALS, folder.getFullName() + " Git: " + id));
        } else {
            effects.add(missing("Git", id, "nothing is written to the tenant's repository"));
        }
    }

    private Effect missing(String what, String id, String until) {
        return new Effect(
                Effect.Kind.UNCHANGED,
                CREDENTIALS,
                folder.getFullName() + " " + what,
                "there are no credentials '" + id + "'; until you add them, " + until);
    }

    private void bind(String what, String rule, String current, Consumer<String> name, String until) {
        if (rule.isEmpty()) {
            return;
        }
        String id = NamingRules.idFor(rule, folder.getName());
        String place = folder.getFullName() + " " + what;
        if (!current.isEmpty()) {
            // By an earlier run, or by somebody who knows better.
            effects.add(Effect.unchanged(CREDENTIALS, place + ": " + current));
        } else if (new JenkinsSecrets(folder, Set.of(id)).has(id)) {
            name.accept(id);
            effects.add(Effect.updated(CREDENTIALS, place, "now '" + id + "'"));
        } else {
            effects.add(missing(what, id, until));
        }
    }
}
