package io.imaas.adapter.management;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.MiRuntime;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * What one service should have loaded.
 *
 * @param url of its management API, without {@code /management}; port 9164 is the runtime's own
 * @param cars all of them must be active; none at all: only a faulty one is wrong
 */
public record Expectation(URI url, List<ExpectedCar> cars) {
    public Expectation {
        cars = List.copyOf(cars);
        String text = url.toString().replaceFirst("/+$", "").replaceFirst(MiRuntime.MANAGEMENT_PATH + "$", "");
        url = URI.create(text);
        HttpUrl parsed = HttpUrl.parse(text);
        if (parsed == null
                || url.getHost() == null
                || !parsed.username().isEmpty()
                || parsed.query() != null
                || parsed.fragment() != null) {
            throw FailureException.input(
                    "this is not a URL of a management API: it has a host, and no password, query or fragment",
                    parsed == null ? "" : parsed.scheme() + "://" + parsed.host(),
                    "write it as https://order-api.orders-dev.svc:9164");
        }
    }

    /**
     * A CAR that must be loaded.
     *
     * @param version empty: any
     */
    public record ExpectedCar(String name, String version) {
        private static final Pattern FORM = Pattern.compile("([\\w.-]+)(?::([\\w.+-]+))?");

        /** {@code NAME} or {@code NAME:VERSION}. */
        public static ExpectedCar parse(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw FailureException.input("'" + text + "' names no CAR", "write NAME:VERSION, such as orders:1.2.0");
            }
            return new ExpectedCar(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2));
        }

        @Override
        public String toString() {
            return version.isEmpty() ? name : name + " " + version;
        }
    }
}
