package io.imaas.catalog;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.policy.AdmissionPolicy.Expression;
import io.imaas.model.tenancy.HttpGate;
import io.imaas.model.tenancy.Verification;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads {@code verify} of the platform's file: what is asked after a rollout. */
record VerificationFields(Section root, List<ImageRepository> registries, Findings findings) {
    private static final Pattern WORD = Pattern.compile("\\$\\{[a-z]+}|[^$]+|\\$");
    private static final Duration OFTEN = Duration.ofSeconds(10);
    private static final Duration JOB = Duration.ofMinutes(10);
    private static final int FAILURES = 3;

    /** Prometheus' answer to an instant query, as a vector. */
    private static final String ANSWERED =
            "status == 200 && json.status == 'success' && json.data.resultType == 'vector'";

    List<Verification> read() {
        HttpGateFields requests = new HttpGateFields(root, findings);
        Set<String> hosts = requests.hosts();
        Map<String, Integer> lines = new HashMap<>();
        List<Verification> all = root.sections("verify").stream()
                .map(given -> one(given, requests, hosts))
                .toList();
        all.forEach(
                check -> findings.isNew(lines, check.name(), check.question().where(), "duplicate-check", "the check"));
        return all;
    }

    private Verification one(Section given, HttpGateFields requests, Set<String> hosts) {
        long kinds =
                List.of("http", "prometheus", "job").stream().filter(given::has).count();
        if (kinds != 1) {
            findings.refine(
                    "check-kind",
                    given.where(),
                    "a check has one of http, prometheus and job, and this one has " + kinds,
                    "keep one; write another check for another question");
        }
        Section prometheus = given.section("prometheus");
        boolean measured = given.has("prometheus");
        HttpGate.Call http = given.has("http") ? requests.call(given.section("http"), hosts) : null;
        HttpGate question = new HttpGate(
                given.word("name"),
                given.at("name"),
                requests.environments(given),
                measured ? query(requests.call(prometheus, hosts), prometheus.word("query")) : http,
                measured
                        ? new Expression("prometheus", within(prometheus), given.at("prometheus"))
                        : new Expression("passes", given.text("passes").orElse("status == 200"), given.at("passes")),
                measured ? new Expression("prometheus", found(prometheus), given.at("prometheus")) : null,
                time(given, "every", OFTEN),
                Duration.ZERO,
                null);
        return new Verification(
                question,
                measured ? new Expression("prometheus", ANSWERED, given.at("prometheus")) : null,
                given.has("job") ? job(given.section("job")) : null,
                time(given, "soak", Duration.ZERO),
                given.whole("failures", FAILURES));
    }

    private Duration time(Section given, String key, Duration otherwise) {
        return given.value(key, "bad-time", Times::span, otherwise);
    }

    private Verification.Job job(Section given) {
        return given.value("image", "check-image", this::image)
                .map(image -> new Verification.Job(
                        image.value(), given.list("command", "bad-command", word -> word), time(given, "timeout", JOB)))
                .orElse(null);
    }

    private ImageRef image(String text) {
        ImageRef image = ImageRef.parse(text);
        if (registries.stream().noneMatch(image.repository()::isWithin)) {
            throw FailureException.input(
                    "the image comes from " + image.repository() + ", which is none of the registries",
                    "add it to registries, or take the image from one of them");
        }
        return image;
    }

    /** The words of a query stay words: they are written into it for each release. */
    private static HttpGate.Call query(HttpGate.Call server, String query) {
        StringBuilder written = new StringBuilder();
        WORD.matcher(query)
                .results()
                .map(MatchResult::group)
                .forEach(part ->
                        written.append(part.startsWith("${") ? part : URLEncoder.encode(part, StandardCharsets.UTF_8)));
        return new HttpGate.Call(
                "GET",
                server.url().replaceFirst("/+$", "") + "/api/v1/query?query=" + written,
                Map.of(),
                "",
                server.credential(),
                server.login());
    }

    /**
     * Every series is within the limits, and there is one at least: nothing measured is nothing proven. NaN, as 0 / 0 is, and
     * infinity are within none.
     */
    private static String within(Section given) {
        return "json.data.result.size() > 0 && json.data.result.all(series, "
                + "!series.value[1].matches('NaN|Inf') && "
                + limit(given, "min", "double(series.value[1]) >= ") + " && "
                + limit(given, "max", "double(series.value[1]) <= ") + ")";
    }

    private static String limit(Section given, String key, String condition) {
        return given.scalar(key)
                .map(limit -> condition + "double(" + Double.parseDouble(limit.text()) + ")")
                .orElse("true");
    }

    private static String found(Section given) {
        String limits = String.join(
                " and ",
                List.of("min", "max").stream()
                        .filter(given::has)
                        .map(key -> (key.equals("min") ? "at least " : "at most ")
                                + given.scalar(key).map(YamlNode.Scalar::text).orElse(""))
                        .toList());
        return "has(json.error) ? string(json.error) : has(json.data.resultType) && json.data.resultType != 'vector' ?"
                + " 'the query gives no vector: ' + json.data.resultType : json.data.result.size() == 0 ? 'the query finds no series' : 'it is ' + json.data.result.map(series,"
                + " string(series.value[1])).join(', ') + ', and should be " + limits + "'";
    }
}
