package io.imaas.report;

import io.imaas.model.image.Digest;
import io.imaas.model.tenancy.EnvironmentName;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A service's releases over time: a lane for each environment, a line where the same image went on to the next one. */
public final class TimelineSvg {
    private static final int NAMES = 90;
    private static final int WIDTH = 760;
    private static final int ROW = 46;
    private static final int HEAD = 26;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final List<EnvironmentName> environments;
    private final List<Deployment> deployments;
    private final Instant from;
    private final Instant to;

    private TimelineSvg(List<EnvironmentName> environments, List<Deployment> deployments, Instant now) {
        this.environments = environments;
        this.deployments = deployments;
        this.from =
                deployments.stream().map(Deployment::at).min(Instant::compareTo).orElse(now);
        this.to = now.isAfter(from) ? now : from.plusSeconds(1);
    }

    /** A fragment for any page with {@link HtmlPage}'s style sheet; empty when nothing was released. */
    public static String fragment(List<EnvironmentName> environments, List<Deployment> deployments, Instant now) {
        return deployments.isEmpty() ? "" : new TimelineSvg(environments, deployments, now).draw();
    }

    private String draw() {
        Svg svg = new Svg(
                "timeline",
                NAMES + WIDTH + 20,
                HEAD + ROW * environments.size() + 10,
                deployments.size() + " releases in " + environments.size()
                        + " environments. The table below says the same in words.");
        svg.text(NAMES, 14, "head", DAY.format(from)).text(NAMES + WIDTH - 70, 14, "head", DAY.format(to));
        for (int i = 0; i < environments.size(); i++) {
            svg.text(0, y(i) + 5, "service", environments.get(i).value());
            svg.line(NAMES, y(i), NAMES + WIDTH, y(i), "lane");
        }
        moves(svg);
        for (Deployment one : deployments) {
            int at = environments.indexOf(one.environment());
            if (at >= 0) {
                String style = one.kind() == Deployment.Kind.ROLLED_BACK ? "degraded" : "healthy";
                svg.dot(x(one.at()), y(at), 6, style, one.subject() + ", " + DAY.format(one.at()) + ", " + one.by());
            }
        }
        return svg.fragment();
    }

    private void moves(Svg svg) {
        Map<Digest, Deployment> before = new HashMap<>();
        for (int i = deployments.size() - 1; i >= 0; i--) {
            Deployment one = deployments.get(i);
            Deployment origin = before.put(one.digest(), one);
            int here = environments.indexOf(one.environment());
            int there = origin == null ? -1 : environments.indexOf(origin.environment());
            if (here >= 0 && there >= 0 && here != there) {
                svg.line(x(origin.at()), y(there), x(one.at()), y(here), "same");
            }
        }
    }

    private int x(Instant at) {
        long whole = Duration.between(from, to).toMillis();
        return NAMES + (int) (Duration.between(from, at).toMillis() * (WIDTH - 10) / Math.max(1, whole)) + 5;
    }

    private static int y(int environment) {
        return HEAD + ROW * environment + 20;
    }
}
