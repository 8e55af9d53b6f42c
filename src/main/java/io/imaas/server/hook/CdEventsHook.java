package io.imaas.server.hook;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.model.failure.FailureException;
import io.imaas.model.image.Digest;
import io.imaas.server.hook.Hook.Fact;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CDEvents of any CI or CD system, as CloudEvents over HTTP, in structured or in binary mode. */
final class CdEventsHook {
    private static final Pattern TYPE = Pattern.compile("dev\\.cdevents\\.([a-z]+\\.[a-z]+)\\..+");
    private static final Pattern IMAGE = Pattern.compile("pkg:oci/[^@?]+@(sha256:[0-9a-f]{64})\\?(.*)");

    private CdEventsHook() {}

    /** An id is its source's own, and stands in the event in both modes. */
    static String id(Delivery delivery, JsonNode body) {
        JsonNode event = event(body);
        String name = Hook.required(event, "/context/source") + "\n" + Hook.required(event, "/context/id");
        return Digest.of(name.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static JsonNode event(JsonNode body) {
        return body.path("data").isObject() ? body.path("data") : body;
    }

    static List<Fact> facts(Delivery delivery, JsonNode body) {
        JsonNode event = event(body);
        String type = Hook.required(event, "/context/type");
        String id = Hook.required(event, "/subject/id");
        Matcher known = TYPE.matcher(type);
        if (!known.matches()) {
            throw FailureException.input(
                    "'" + type + "' is not a type of a CDEvent",
                    "body: context.type",
                    "send dev.cdevents.ENTITY.VERB.VERSION");
        }
        return switch (known.group(1)) {
            case "artifact.published" -> image(id).map(List::of).orElseGet(() -> Fact.other(type, id));
            case "branch.created" -> List.of(branch("pushed", event, id));
            case "branch.deleted" -> List.of(branch("deleted", event, id));
            case "change.created" -> List.of(change("opened", event, id));
            case "change.updated", "change.reviewed" -> List.of(change("updated", event, id));
            case "change.merged" -> List.of(change("merged", event, id));
            case "change.abandoned" -> List.of(change("closed", event, id));
            case "service.deployed", "service.upgraded", "service.rolledback", "incident.resolved" ->
                List.of(rollout("succeeded", event, id));
            case "incident.detected", "incident.reported" -> List.of(rollout("degraded", event, id));
            default -> Fact.other(type, id);
        };
    }

    /** An artifact is a package URL: {@code pkg:oci/NAME@DIGEST?repository_url=...&tag=...}. */
    private static Optional<Fact> image(String purl) {
        Matcher image = IMAGE.matcher(decoded(purl));
        if (!image.matches()) {
            return Optional.empty();
        }
        String repository = qualifier(image.group(2), "repository_url");
        return repository.isEmpty()
                ? Optional.empty()
                : Optional.of(RegistryHook.image(repository, image.group(1), qualifier(image.group(2), "tag")));
    }

    private static String decoded(String purl) {
        try {
            return URLDecoder.decode(purl, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw FailureException.input(
                    "'" + purl + "' is not a package URL",
                    "body: subject.id",
                    "send pkg:oci/NAME@DIGEST?repository_url=...");
        }
    }

    private static String qualifier(String qualifiers, String name) {
        for (String one : qualifiers.split("&", -1)) {
            if (one.startsWith(name + "=")) {
                return one.substring(name.length() + 1);
            }
        }
        return "";
    }

    private static Fact branch(String verb, JsonNode event, String name) {
        return new Fact("branch." + verb, repository(event), Map.of("branch", name));
    }

    private static Fact change(String verb, JsonNode event, String number) {
        return Fact.pullRequest(verb, repository(event), number, "", "", "");
    }

    private static String repository(JsonNode event) {
        return Hook.optional(event, "/subject/content/repository/url")
                .orElseGet(() -> Hook.required(event, "/subject/content/repository/source") + "/"
                        + Hook.required(event, "/subject/content/repository/id"));
    }

    private static Fact rollout(String verb, JsonNode event, String service) {
        return new Fact(
                "rollout." + verb,
                Hook.required(event, "/subject/content/environment/id"),
                Map.of("application", service));
    }
}
