package io.imaas.model.source;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of the versions of the Micro Integrator, from the start scripts, default configuration and deployers in
 * its public source. All versions have the same ports.
 *
 * @param line first version that it is true of, such as {@code 4.4}
 * @param javaFrom oldest Java that it starts on
 * @param javaTo newest Java that it starts on
 * @param connectorLibraries whether a CAR brings libraries of its connectors, and inbound connectors
 * @param probes paths on the internal port that tell of its health
 */
public record MiRuntime(String line, int javaFrom, int javaTo, boolean connectorLibraries, List<String> probes)
        implements Serializable {
    public static final int HTTP = 8290;
    public static final int HTTPS = 8253;
    /** Management API, https. */
    public static final int MANAGEMENT = 9164;
    /** Health and metrics, http, for the cluster only. */
    public static final int INTERNAL = 9201;

    public static final String MANAGEMENT_PATH = "/management";
    /** On the internal port, since 4.2: it runs. */
    public static final String LIVENESS = "/liveness";
    /** On the internal port, since 1.2: it runs and no CAR is faulty. */
    public static final String READINESS = "/healthz";
    /** On the internal port, with the metric handler. */
    public static final String METRICS = "/metric-service/metrics";

    private static final List<MiRuntime> KNOWN = List.of(
            new MiRuntime("1.0", 8, 11, false, List.of()),
            new MiRuntime("1.2", 8, 11, false, List.of(READINESS)),
            new MiRuntime("4.0", 8, 11, false, List.of(READINESS)),
            new MiRuntime("4.1", 8, 11, false, List.of(READINESS)),
            new MiRuntime("4.2", 11, 17, false, List.of(LIVENESS, READINESS)),
            new MiRuntime("4.3", 11, 17, false, List.of(LIVENESS, READINESS)),
            new MiRuntime("4.4", 11, 21, true, List.of(LIVENESS, READINESS)),
            new MiRuntime("4.5", 11, 21, true, List.of(LIVENESS, READINESS)),
            new MiRuntime("4.6", 21, 25, true, List.of(LIVENESS, READINESS)));
    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?(.*)");

    /**
     * What is known of a version; a newer one than all that are known is taken to be like the newest.
     *
     * @return empty for what is not a version
     */
    public static Optional<MiRuntime> of(String version) {
        return KNOWN.stream().filter(known -> !before(version, known.line())).reduce((older, newer) -> newer);
    }

    /**
     * What is wrong with the version that a project is written for.
     *
     * @return empty when nothing is, when the project tells none, and when something outside of its pom fills it in
     */
    public static Optional<String> fault(String version) {
        return version.isEmpty() || version.contains("${") || of(version).isPresent()
                ? Optional.empty()
                : Optional.of("project.runtime.version '" + version + "' is not a version of the Micro Integrator");
    }

    /** Whether a version is one that comes before another's line, such as {@code 4.4}; not when it is not a version. */
    public static boolean isBefore(String version, String line) {
        return FORM.matcher(version).matches() && before(version, line);
    }

    /** Whether nothing is known of it, since it is newer than what is. */
    public static boolean isNewer(String version) {
        String newest = KNOWN.get(KNOWN.size() - 1).line();
        return !before(version, newest) && !version.startsWith(newest + ".") && !version.equals(newest);
    }

    /** WSO2's own image of a version, as its project template names it. */
    public static String image(String version) {
        return "wso2/wso2mi:" + version;
    }

    /** {@code 11-21}. */
    public String java() {
        return javaFrom + "-" + javaTo;
    }

    /** A qualified version such as {@code 4.4.0-beta} comes before the plain one, as in Maven; no version before all. */
    private static boolean before(String version, String line) {
        Matcher form = FORM.matcher(version);
        if (!form.matches()) {
            return true;
        }
        List<Integer> parts = new ArrayList<>();
        for (int group = 1; group <= 3; group++) {
            parts.add(form.group(group) == null ? 0 : Integer.parseInt(form.group(group)));
        }
        int major = Integer.parseInt(line.split("\\.")[0]);
        int minor = Integer.parseInt(line.split("\\.")[1]);
        boolean early = parts.get(2) == 0 && form.group(4).matches("(?i)-(alpha|beta|m|rc|cr|snapshot).*");
        return parts.get(0) != major ? parts.get(0) < major : parts.get(1) < minor || (parts.get(1) == minor && early);
    }
}
