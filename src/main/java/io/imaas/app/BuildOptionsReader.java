package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Spelling;
import io.imaas.model.request.BuildOptions;
import io.imaas.model.tenancy.ServiceName;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a pipeline says otherwise than the files: texts by name, each checked. */
public final class BuildOptionsReader {
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final List<String> BUILDERS = List.of("auto", "native", "maven");

    /** {@code label} and {@code pod} say where a build runs, which is the door's own matter. */
    private static final List<String> KNOWN = List.of("builder", "testServers", "timeout", "service", "label", "pod");

    private static final Pattern ADDRESS = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):([0-9]{1,5})");

    private BuildOptionsReader() {}

    /**
     * Reads the overrides of a pipeline: {@code builder}, {@code testServers} (a list, or one text with commas),
     * {@code timeout} in minutes, {@code service}; {@code label} and {@code pod} are left to the door.
     *
     * @throws FailureException INPUT for anything else
     */
    public static BuildOptions read(Map<String, ?> overrides) {
        for (String key : new TreeSet<>(overrides.keySet())) {
            if (!KNOWN.contains(key)) {
                throw FailureException.input("there is no option '" + key + "'", Spelling.suggestion(key, KNOWN));
            }
        }
        String builder = text(overrides.get("builder"));
        if (!builder.isEmpty() && !BUILDERS.contains(builder)) {
            throw FailureException.input(
                    "there is no builder '" + builder + "'", "builder", Spelling.suggestion(builder, BUILDERS));
        }
        String service = text(overrides.get("service"));
        return new BuildOptions(
                builder,
                servers(overrides.get("testServers")),
                timeout(text(overrides.get("timeout"))),
                service.isEmpty() ? null : new ServiceName(service));
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString().strip();
    }

    private static Duration timeout(String minutes) {
        if (minutes.isEmpty()) {
            return BuildOptions.ROLLOUT;
        }
        if (!minutes.matches("[0-9]{1,4}")
                || minutes.matches("0+")
                || Duration.ofMinutes(Integer.parseInt(minutes)).compareTo(LONGEST) > 0) {
            throw FailureException.input(
                    "'" + minutes + "' is not a time for a rollout",
                    "timeout",
                    "write whole minutes, from 1 to " + LONGEST.toMinutes());
        }
        return Duration.ofMinutes(Integer.parseInt(minutes));
    }

    private static List<InetSocketAddress> servers(Object value) {
        List<InetSocketAddress> servers = new ArrayList<>();
        Collection<?> texts = value instanceof Collection<?> many
                ? many
                : Arrays.asList(text(value).split(","));
        for (Object one : texts) {
            if (text(one).isEmpty()) {
                continue;
            }
            Matcher address = ADDRESS.matcher(text(one));
            int port = address.matches() ? Integer.parseInt(address.group(2)) : 0;
            if (port < 1 || port > 65_535) {
                throw FailureException.input("'" + text(one) + "' is not an address", "testServers", "write host:port");
            }
            servers.add(InetSocketAddress.createUnresolved(address.group(1).replaceAll("[\\[\\]]", ""), port));
        }
        return servers;
    }
}
