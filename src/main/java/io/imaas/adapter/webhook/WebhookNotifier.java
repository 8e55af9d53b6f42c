package io.imaas.adapter.webhook;

import io.imaas.adapter.web.HostNames;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.rollout.RunNotice;
import io.imaas.model.tenancy.ServiceSettings.Notification;
import io.imaas.port.Clock;
import io.imaas.port.Notifier;
import java.util.Locale;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * {@link Notifier} by HTTP. Slack is told by the URL of an incoming webhook (api.slack.com, "Sending messages using
 * incoming webhooks") or, where the secret is a bot's token, by {@code chat.postMessage}; other recipients are URLs that
 * take the notice as JSON.
 */
public final class WebhookNotifier implements Notifier {
    private static final String SLACK = "https://slack.com/";

    private final HttpUrl slack;
    private final Posting posting;
    private final boolean here;

    /** @param here whether recipients may be on this machine, which then need no encryption */
    public WebhookNotifier(Clock clock, boolean here) {
        this(SLACK, new Posting(clock), here);
    }

    /** @param slack where Slack's API is */
    WebhookNotifier(String slack, Posting posting, boolean here) {
        this.here = here;
        this.slack = HttpUrl.get(slack);
        this.posting = posting;
    }

    @Override
    public void tell(Notification recipient, Secret address, RunNotice notice) {
        String where = recipient.channel().name().toLowerCase(Locale.ROOT) + " " + recipient.to();
        String secret = address.reveal().strip();
        switch (recipient.channel()) {
            case SLACK -> slack(recipient, secret, notice, where);
            case TEAMS -> posting.post(url(secret, where), "", TeamsBody.of(notice), where);
            case WEBHOOK -> posting.post(url(secret, where), "", PlainBody.of(notice), where);
            case MAIL -> throw FailureException.defect("mail goes by SMTP", null);
        }
    }

    private void slack(Notification recipient, String secret, RunNotice notice, String where) {
        String body = SlackBody.of(notice, recipient.to());
        if (!secret.startsWith("xox")) {
            posting.post(url(secret, where), "", body, where);
            return;
        }
        String answer = posting.post(slack.newBuilder("api/chat.postMessage").build(), secret, body, where);
        // Slack's API says 200 to what it refuses, too.
        Optional<String> refusal = SlackBody.refusal(answer);
        if (refusal.isPresent()) {
            throw FailureException.input(
                    "Slack refuses the message: " + refusal.get(), where, "see Slack's error codes");
        }
    }

    /**
     * Whoever has the URL may write: it goes over the wire encrypted, or stays on this machine. Where others than its owner
     * write URLs, it must not lead them to this machine's own services.
     */
    private HttpUrl url(String secret, String where) {
        HttpUrl url = HttpUrl.parse(secret);
        if (url != null && !here && HostNames.isHere(url.host())) {
            throw FailureException.input(
                    "the secret behind it leads to this machine",
                    where,
                    "name a server, or let Java run with -Dio.imaas.webhooksHere=true");
        }
        if (url == null || !(url.isHttps() || isLoopback(url.host()))) {
            throw FailureException.input(
                    "the secret behind it is not an https:// URL", where, "keep the webhook's whole URL in it");
        }
        return url;
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("::1");
    }
}
