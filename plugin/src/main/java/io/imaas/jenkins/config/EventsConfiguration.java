package io.imaas.jenkins.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.imaas.jenkins.credentials.CredentialsChoice;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The {@code imaas serve} whose events this controller follows; {@code imaasEvents} in JCasC. */
@Extension
@Symbol("imaasEvents")
public final class EventsConfiguration extends GlobalConfiguration {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private String server = "";
    private String credentialsId = "";

    @DataBoundConstructor
    public EventsConfiguration() {
        load();
    }

    public static EventsConfiguration get() {
        return ExtensionList.lookupSingleton(EventsConfiguration.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return "Integration platform: events";
    }

    /** Its address; empty: no events are followed. */
    public String getServer() {
        return server;
    }

    @DataBoundSetter
    public void setServer(String server) {
        this.server = Util.fixNull(server).trim().replaceFirst("/+$", "");
        save();
    }

    /** Secret text: one of the server's tokens. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).trim();
        save();
    }

    /** Where the server is; empty where there is none, or a token may not be sent there. */
    public Optional<URI> address() {
        return server.isEmpty() ? Optional.empty() : safe(server);
    }

    /** By https, or within this machine. */
    private static Optional<URI> safe(String address) {
        try {
            URI uri = URI.create(address);
            boolean own = "http".equals(uri.getScheme()) && uri.getHost() != null && LOOPBACK.contains(uri.getHost());
            return Optional.of(uri)
                    .filter(known -> known.getHost() != null && (own || "https".equals(known.getScheme())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @POST
    public FormValidation doCheckServer(@QueryParameter String value) {
        return Util.fixNull(value).isBlank() || safe(value.trim()).isPresent()
                ? FormValidation.ok()
                : FormValidation.error("Give the address of 'imaas serve', such as https://imaas.example.org");
    }

    @POST
    public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
        return CredentialsChoice.forToken(Jenkins.get(), credentialsId);
    }
}
