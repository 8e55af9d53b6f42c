package io.imaas.adapter.management;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.MiRuntime;
import java.net.URI;
import java.util.List;
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
}
