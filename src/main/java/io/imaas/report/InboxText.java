package io.imaas.report;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What waits for whom, as plain text: two or three lines an item, the last one a command to paste. */
public final class InboxText {
    /** Where many services wait for the same, so many are told with their commands, and the number of the others. */
    private static final int IN_FULL = 5;

    private InboxText() {}

    public static String of(List<InboxItem> items, Instant now, Terminal terminal) {
        StringBuilder text = new StringBuilder();
        Map<List<Object>, Long> alike =
                items.stream().collect(Collectors.groupingBy(InboxText::group, Collectors.counting()));
        Map<List<Object>, Integer> told = new HashMap<>();
        for (InboxItem item : items) {
            long all = alike.get(group(item));
            int here = told.merge(group(item), 1, Integer::sum);
            boolean folds = all > IN_FULL + 1;
            if (folds && here > IN_FULL) {
                continue;
            }
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
            if (folds && here == IN_FULL) {
                text.append("  and ")
                        .append(all - here)
                        .append(" more services; -o json tells all with their commands\n");
            }
        }
        return text.append(items.isEmpty() ? "Nothing waits.\n" : summary(items))
                .toString();
    }

    /** By tenant, environment and kind; what is about no service stands for itself. */
    private static List<Object> group(InboxItem item) {
        return item.service() == null ? List.of(item) : List.of(item.tenant(), item.environment(), item.kind());
    }

    private static String since(InboxItem item, Instant now) {
        return (item.kind() == InboxItem.Kind.TIME ? ", waits since " : " for ")
                + Age.of(item.since(), now)
                + (item.kind() == InboxItem.Kind.TIME ? " ago" : "");
    }

    private static String place(InboxItem item) {
        return item.place() + (item.service() == null ? "" : "/" + item.service() + " " + item.environment());
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
