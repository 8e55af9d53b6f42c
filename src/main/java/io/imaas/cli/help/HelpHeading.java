package io.imaas.cli.help;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Under which heading help shows the options of a class that commands share; a command's own options come first. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface HelpHeading {
    String WHERE = "Platform, tenant and person";
    String CLUSTER = "Cluster and rollout";
    String COMMITS = "Commits";
    String MESSAGES = "Messages";
    String TESTS = "Unit-test servers";
    String LOGIN = "Login";

    String value();
}
