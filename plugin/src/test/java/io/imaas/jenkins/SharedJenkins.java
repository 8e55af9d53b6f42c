package io.imaas.jenkins;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.TopLevelItem;
import hudson.model.User;
import hudson.util.XStream2;
import io.imaas.jenkins.config.EventsConfiguration;
import io.imaas.jenkins.config.ImaasConfiguration;
import java.io.StringReader;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsExtension;

/**
 * One Jenkins for all tests of a class, each of which finds it as it was at first: starting one, and showing its first
 * page, takes seconds of a core.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SharedJenkins.Extension.class)
public @interface SharedJenkins {
    /** Gives each test that asks for it the Jenkins of its class, and cleans up after it. */
    final class Extension implements ParameterResolver, AfterEachCallback {
        private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Extension.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType().equals(JenkinsRule.class);
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            ExtensionContext ofClass = context;
            while (ofClass.getTestMethod().isPresent()) {
                ofClass = ofClass.getParent().orElseThrow();
            }
            ExtensionContext.Store store = ofClass.getStore(NAMESPACE);
            Kept kept = store.get(Kept.class, Kept.class);
            if (kept == null) {
                // Not computeIfAbsent: the harness computes in the same map of the store, which then may refuse the
                // inner one.
                kept = Kept.of((JenkinsRule) new JenkinsExtension().resolveParameter(parameter, ofClass));
                store.put(Kept.class, kept);
            }
            return kept.jenkins();
        }

        @Override
        public void afterEach(ExtensionContext context) throws Exception {
            Kept kept = context.getStore(NAMESPACE).get(Kept.class, Kept.class);
            if (kept != null) {
                kept.clean();
            }
        }
    }

    /** @param atFirst the configurations as XML */
    record Kept(JenkinsRule jenkins, Map<GlobalConfiguration, String> atFirst) implements AutoCloseable {
        private static final int PATIENCE = 300_000;

        static Kept of(JenkinsRule jenkins) {
            Map<GlobalConfiguration, String> atFirst = new LinkedHashMap<>();
            for (GlobalConfiguration one : List.of(EventsConfiguration.get(), ImaasConfiguration.get())) {
                atFirst.put(one, Jenkins.XSTREAM2.toXML(one));
            }
            return new Kept(jenkins, atFirst);
        }

        void clean() throws Exception {
            jenkins.waitUntilNoActivityUpTo(PATIENCE);
            jenkins.jenkins.disableSecurity();
            for (TopLevelItem item : List.copyOf(jenkins.jenkins.getItems())) {
                item.delete();
            }
            for (User user : User.getAll()) {
                user.delete();
            }
            SystemCredentialsProvider.getInstance().getCredentials().clear();
            SystemCredentialsProvider.getInstance().save();
            for (Map.Entry<GlobalConfiguration, String> one : atFirst.entrySet()) {
                Jenkins.XSTREAM2.unmarshal(
                        XStream2.getDefaultDriver().createReader(new StringReader(one.getValue())),
                        one.getKey(),
                        null,
                        true);
                one.getKey().save();
            }
        }

        @Override
        public void close() throws Exception {
            jenkins.after();
        }
    }
}
