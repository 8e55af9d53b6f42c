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

/**
 * Lets a tenant's folder name the tenant's own credentials, where the administrators' naming rules find some. Secrets come
 * by other ways: this writes ids alone, and only where nobody wrote one.
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

    /** @throws FailureException INPUT when the rules would mix tenants up */
    static List<Effect> ensure(AbstractFolder<?> folder) throws IOException {
        NamingRules rules = ImaasConfiguration.get().namingRules();
        rules.problem().ifPresent(problem -> {
            throw FailureException.input(
                    problem, "Integration platform", "correct the names under Manage Jenkins > System");
        });
        CredentialsBinding binding = new CredentialsBinding(folder);
        TenantProperty property = binding.property;
        binding.bind("Git", rules.git(), property.getGitCredentialsId(), property::setGitCredentialsId);
        binding.bind(
                "registry", rules.registry(), property.getRegistryCredentialsId(), property::setRegistryCredentialsId);
        binding.bind("Slack", rules.slack(), property.getSlackCredentialsId(), property::setSlackCredentialsId);
        if (binding.effects.stream().anyMatch(Effect::isChange)) {
            folder.save();
            ConfigurationChange.announce();
        }
        return binding.effects;
    }

    private void bind(String what, String rule, String current, Consumer<String> name) {
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
            effects.add(new Effect(
                    Effect.Kind.UNCHANGED,
                    CREDENTIALS,
                    place,
                    "there are no credentials '" + id + "', so the platform's are used; add them and onboard again"));
        }
    }
}
