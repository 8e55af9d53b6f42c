package io.imaas.jenkins.job;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.imaas.jenkins.config.TenantCredentials;
import io.imaas.model.source.RepositoryUrl;
import java.util.List;
import java.util.Optional;
import jenkins.plugins.git.AbstractGitSCMSource;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import jenkins.plugins.git.traits.TagDiscoveryTrait;
import jenkins.scm.api.SCMSource;

/** Where a multibranch job takes branches from: the source of the repository's server, else plain Git. */
public interface BranchSources extends ExtensionPoint {
    /** @param credentialsId empty for none */
    Optional<SCMSource> find(RepositoryUrl repository, String credentialsId);

    static SCMSource of(AbstractFolder<?> folder, String id, RepositoryUrl repository) {
        // Jenkins checks out with what the folder's jobs may use, which must not be what writes.
        String credentials = TenantCredentials.of(folder).checkout();
        SCMSource source = ExtensionList.lookup(BranchSources.class).stream()
                .flatMap(one -> one.find(repository, credentials).stream())
                .findFirst()
                .orElseGet(() -> plain(repository, credentials));
        source.setId(id);
        return source;
    }

    private static SCMSource plain(RepositoryUrl repository, String credentials) {
        GitSCMSource source = new GitSCMSource(repository.value());
        source.setCredentialsId(credentials);
        source.setTraits(List.of(new BranchDiscoveryTrait(), new TagDiscoveryTrait()));
        return source;
    }

    static boolean reads(SCMSource source, RepositoryUrl repository) {
        return source instanceof AbstractGitSCMSource git && git.getRemote().equals(repository.value());
    }
}
