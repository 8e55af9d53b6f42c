package io.imaas.report;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Effect.FieldChange;
import io.imaas.plan.MarkdownText;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What changes in the world, as people read it: only what changes, field by field; what goes is in capitals. */
public final class ChangeText {
    private ChangeText() {}

    /** One thing a line, and below an update one field a line: {@code -} goes, {@code +} comes, {@code ~} differs. */
    public static String plain(List<Effect> effects) {
        StringBuilder text = new StringBuilder();
        for (Effect effect : changes(effects)) {
            text.append("  ").append(String.format("%-9s ", word(effect))).append(thing(effect));
            if (effect.fields().isEmpty()) {
                text.append(effect.detail().isEmpty() ? "" : " (" + effect.detail() + ")");
            }
            text.append('\n');
            effect.fields().forEach(field -> text.append("            ")
                    .append(sign(field))
                    .append(field)
                    .append('\n'));
        }
        return text.toString();
    }

    /** The same as a list in Markdown, with what goes first. */
    public static String markdown(List<Effect> effects) {
        StringBuilder text = new StringBuilder();
        changes(effects).stream()
                .sorted(Comparator.comparing(effect -> effect.kind() != Effect.Kind.DELETED))
                .forEach(effect -> {
                    boolean gone = effect.kind() == Effect.Kind.DELETED;
                    String word = gone ? "**DELETE**" : word(effect);
                    text.append("- ").append(word).append(' ').append(MarkdownText.line(thing(effect)));
                    if (effect.fields().isEmpty() && !effect.detail().isEmpty()) {
                        text.append(": ").append(MarkdownText.cell(effect.detail()));
                    }
                    text.append('\n');
                    effect.fields().forEach(field -> text.append("  - ")
                            .append(field.takesAway() ? "**goes:** " : "")
                            .append(MarkdownText.cell(field.toString()))
                            .append('\n'));
                });
        return text.toString();
    }

    /**
     * How many of each kind.
     *
     * @param future whether it is still to be done
     */
    public static String totals(List<Effect> effects, boolean future) {
        return Arrays.stream(Effect.Kind.values())
                .filter(kind -> kind != Effect.Kind.DELETED || count(effects, kind) > 0)
                .map(kind -> count(effects, kind) + " " + word(kind, future))
                .collect(Collectors.joining(", "));
    }

    /** The sum of what is planned: {@code Plan: 6 to create, 1 to change, 0 to delete}; what is deleted is in capitals. */
    public static String plan(List<Effect> effects) {
        long gone = count(effects, Effect.Kind.DELETED);
        return "Plan: " + count(effects, Effect.Kind.CREATED) + " to create, " + count(effects, Effect.Kind.UPDATED)
                + " to change, " + gone + (gone == 0 ? " to delete" : " to DELETE");
    }

    /** The same as numbers. */
    public static Map<String, Long> counts(List<Effect> effects) {
        return Map.of(
                "create", count(effects, Effect.Kind.CREATED),
                "change", count(effects, Effect.Kind.UPDATED),
                "delete", count(effects, Effect.Kind.DELETED));
    }

    private static String word(Effect.Kind kind, boolean future) {
        if (!future || kind == Effect.Kind.UNCHANGED) {
            return kind.name().toLowerCase(Locale.ROOT);
        }
        return switch (kind) {
            case CREATED -> "to create";
            case UPDATED -> "to update";
            default -> "to DELETE";
        };
    }

    private static String word(Effect effect) {
        return switch (effect.kind()) {
            case CREATED -> "create";
            case UPDATED -> "update";
            case DELETED -> "DELETE";
            case UNCHANGED -> "unchanged";
        };
    }

    private static String sign(FieldChange field) {
        return field.takesAway() ? "- " : field.before().isEmpty() ? "+ " : "~ ";
    }

    private static String thing(Effect effect) {
        return (effect.type() + " " + effect.name()).strip();
    }

    private static List<Effect> changes(List<Effect> effects) {
        return effects.stream().filter(Effect::isChange).toList();
    }

    private static long count(List<Effect> effects, Effect.Kind kind) {
        return effects.stream().filter(effect -> effect.kind() == kind).count();
    }
}
