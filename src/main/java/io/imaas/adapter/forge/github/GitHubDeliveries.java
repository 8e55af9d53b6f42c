package io.imaas.adapter.forge.github;

import io.imaas.adapter.forge.github.GitHubApi.Delivery;
import io.imaas.adapter.web.Answers;
import io.imaas.adapter.web.BoundedHttp;
import io.imaas.model.event.MissedDelivery;
import io.imaas.model.failure.FailureException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import retrofit2.Response;

/** The attempts of GitHub to tell a web hook something. It keeps them for some days, and never tries again by itself. */
record GitHubDeliveries(GitHubApi api, Answers answers) {
    /** Of 100 attempts each. */
    private static final int PAGES = 10;

    private static final int MOST = 200;
    private static final Pattern NEXT = Pattern.compile("[?&]cursor=([^&>]+)[^>]*>; *rel=\"next\"");

    List<MissedDelivery> missed(long hook, Instant since) {
        List<Delivery> newestFirst = new ArrayList<>();
        String cursor = null;
        int page = 0;
        do {
            Response<List<Delivery>> answer = answers.whole(api.deliveries(hook, cursor));
            newestFirst.addAll(answer.body());
            cursor = next(answer.headers().get("Link"));
        } while (cursor != null && ++page < PAGES && !isBefore(newestFirst, since));
        Set<String> arrived = new HashSet<>();
        Map<String, Delivery> failed = new LinkedHashMap<>();
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            Delivery one = newestFirst.get(i);
            if (one.status_code() / 100 == 2) {
                arrived.add(one.guid());
            } else if (!at(one).isBefore(since)) {
                failed.put(one.guid(), one);
            }
        }
        failed.keySet().removeAll(arrived);
        List<MissedDelivery> missed = new ArrayList<>();
        failed.values().stream().limit(MOST).forEach(one -> add(missed, hook, one));
        return missed;
    }

    private void add(List<MissedDelivery> missed, long hook, Delivery one) {
        try {
            String body = answers.send(api.delivery(hook, one.id()))
                    .request()
                    .payload()
                    .toString();
            missed.add(new MissedDelivery(one.guid(), one.event(), body));
        } catch (FailureException e) {
            // What is this long was never taken when it came, either.
            if (!(e.getCause() instanceof BoundedHttp.TooLong)) {
                throw e;
            }
        }
    }

    private static boolean isBefore(List<Delivery> newestFirst, Instant since) {
        return newestFirst.isEmpty()
                || at(newestFirst.get(newestFirst.size() - 1)).isBefore(since);
    }

    private static Instant at(Delivery one) {
        return Instant.parse(one.delivered_at());
    }

    private static String next(String link) {
        Matcher next = NEXT.matcher(link == null ? "" : link);
        return next.find() ? next.group(1) : null;
    }
}
