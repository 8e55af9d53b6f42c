package io.imaas.cli;

import io.imaas.cli.help.HelpHeading;
import io.imaas.model.identity.Actor;
import java.util.List;
import picocli.CommandLine.Option;

/** Who asks. The same on every command on which it matters. */
@HelpHeading(HelpHeading.WHERE)
final class ActorOptions {
    @Option(
            names = "--actor",
            paramLabel = "@USER",
            defaultValue = "",
            description = "your name for the audit log ($IMAAS_ACTOR; default: @ and the name of this account)")
    private String actor = "";

    @Option(
            names = "--role",
            paramLabel = "@ORG/TEAM",
            split = ",",
            description = "a team of the actor; repeatable ($IMAAS_ROLE)")
    private List<String> roles = List.of();

    Actor actor() {
        String name = actor.isEmpty() ? System.getProperty("user.name") : actor;
        return new Actor(name.contains("@") ? name : "@" + name, Actor.Proof.UNVERIFIED, roles);
    }
}
