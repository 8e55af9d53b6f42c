package io.imaas.report;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What waits for whom, as plain text: two or three lines an item, the last one a command to paste. */
public final class InboxText {
    private InboxText() {}

    public static String of(List<InboxItem> items, Instant now, Terminal terminal) {
        StringBuilder text = new StringBuilder();
        for (InboxItem item : items) {
            text.append(terminal.bold(place(item)))
                    .append("  ")
                    .append(word(item, terminal))
                    .append(item.since() == null ? "" : since(item, now))
                    .append(item.whom().isEmpty() ? "" : ", " + whom(item))
                    .append('\n')
                    .append("  ")
                    .append(item.what())
                    .append('\n');
            if (!item.command().isEmpty()) {
                text.append("  > ").append(item.command()).append('\n');
            }
        }
        return text.append(items.isEmpty() ? "Nothing waits.\n" : summary(items))
                .toString();
    }

    private static String since(InboxItem item, Instant now) {
        return (item.kind() == InboxItem.Kind.TIME ? ", waits since " : " for ")
                + Age.of(item.since(), now)
                + (item.kind() == InboxItem.Kind.TIME ? " ago" : "");
    }

    private static String place(InboxItem item) {
        if (item.tenant() == null) {
            return "platform";
        }
        return item.service() == null
                ? item.tenant().value()
                : item.tenant() + "/" + item.service() + " " + item.environment();
    }

    private static String word(InboxItem item, Terminal terminal) {
        String word = item.kind().name().toLowerCase(Locale.ROOT);
        return switch (item.kind()) {
            case FAILING, UNREADABLE -> terminal.bad(word);
            case READY -> terminal.good(word);
            case TIME -> "opens by itself";
            default -> terminal.warn(word);
        };
    }

    private static String whom(InboxItem item) {
        return (item.kind() == InboxItem.Kind.HELD ? "by " : "waits for ") + String.join(", ", item.whom());
    }

    private static String summary(List<InboxItem> items) {
        long tenants = items.stream()
                .map(InboxItem::tenant)
                .filter(Objects::nonNull)
                .distinct()
                .count();
        return "\n" + items.size() + (items.size() == 1 ? " thing waits" : " things wait") + " in " + tenants
                + (tenants == 1 ? " tenant" : " tenants")
                + (items.stream().anyMatch(item -> item.tenant() == null) ? " and the platform.\n" : ".\n");
    }
}
