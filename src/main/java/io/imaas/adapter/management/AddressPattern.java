package io.imaas.adapter.management;

import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.MiRuntime;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the management APIs of many services are: a URL with {@code {tenant}}, {@code {service}}, {@code {environment}}
 * and {@code {namespace}} in it.
 */
public record AddressPattern(String text) {
    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");
    private static final Set<String> KNOWN = Set.of("tenant", "service", "environment", "namespace");

    /** The address that the platform's chart gives whom it lets in; after what its making needs. */
    public static final AddressPattern USUAL = new AddressPattern(usual());

    /** @throws FailureException INPUT when it is not a URL, or a place in it is none of the four */
    public AddressPattern {
        Matcher places = PLACE.matcher(text);
        while (places.find()) {
            if (!KNOWN.contains(places.group(1))) {
                throw FailureException.input(
                        "there is nothing to put in the place of '" + places.group() + "'",
                        "use {tenant}, {service}, {environment} and {namespace}");
            }
        }
        if (!text.matches("https?://.*")) {
            throw FailureException.input("a management API has a URL", "such as " + usual());
        }
        new Expectation(uri(PLACE.matcher(text).replaceAll("x")), List.of());
    }

    /** Where a target's service is asked. */
    public URI at(RolloutTarget target) {
        String service = target.service().value();
        return uri(text.replace("{tenant}", target.tenant().value())
                .replace("{service}", service)
                .replace("{environment}", target.environment().value())
                .replace("{namespace}", target.tenant() + "-" + target.environment()));
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw FailureException.input("this is not a URL of a management API", "such as " + usual());
        }
    }

    private static String usual() {
        return "https://{service}-mgmt.{namespace}.svc:" + MiRuntime.MANAGEMENT;
    }
}
