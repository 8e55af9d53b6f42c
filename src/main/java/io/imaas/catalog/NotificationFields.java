package io.imaas.catalog;

import io.imaas.model.failure.FailureException;
import io.imaas.model.tenancy.ServiceSettings.Channel;
import io.imaas.model.tenancy.ServiceSettings.Notification;
import io.imaas.model.tenancy.ServiceSettings.When;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads who is told of what. */
final class NotificationFields {
    private static final Pattern SLACK = Pattern.compile("[#@][A-Za-z0-9._-]+|[CGDU][A-Z0-9]{6,}");
    private static final Pattern CREDENTIAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private static final Pattern MAIL =
            Pattern.compile("[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,190}[A-Za-z0-9])?");

    private NotificationFields() {}

    static List<Notification> read(Section root) {
        return root.sections("notifications").stream()
                .map(NotificationFields::notification)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Notification> notification(Section section) {
        Optional<Channel> channel = Section.choice(Channel.class, section.word("channel"));
        Optional<String> to = channel.flatMap(by -> section.value("to", "bad-recipient", text -> recipient(by, text)))
                .map(Located::value);
        Set<When> told =
                section.has("when") ? section.choices("when", When.class) : Set.of(When.FAILURE, When.RECOVERY);
        return channel.flatMap(by -> to.map(address -> new Notification(by, address, told)));
    }

    private static String recipient(Channel channel, String text) {
        boolean fits =
                switch (channel) {
                    case SLACK -> SLACK.matcher(text).matches();
                    case MAIL -> MAIL.matcher(text).matches();
                    case TEAMS, WEBHOOK -> CREDENTIAL.matcher(text).matches();
                };
        if (!fits) {
            throw FailureException.input(
                    "'" + (channel.isSecret() ? "****" : text) + "' is not a recipient for "
                            + channel.name().toLowerCase(Locale.ROOT),
                    switch (channel) {
                        case SLACK -> "write \"#channel\" or \"@person\", in quotes";
                        case MAIL -> "write one address, such as team@example.org";
                        case TEAMS, WEBHOOK ->
                            "give the name of the credential that holds the URL; the URL itself is a secret";
                    });
        }
        return text;
    }
}
