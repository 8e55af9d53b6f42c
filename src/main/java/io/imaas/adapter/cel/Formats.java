package io.imaas.adapter.cel;

import static dev.cel.common.types.SimpleType.STRING;

import com.google.re2j.Pattern;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import java.net.URI;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Kubernetes' formats of texts in CEL, such as {@code format.dns1123Label().validate(x)}: none when it has the format. */
final class Formats {
    private static final OpaqueType FORMAT = OpaqueType.create("kubernetes.NamedFormat");
    private static final String LABEL = "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?";
    private static final String NAME = "(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)";
    private static final Map<String, Format> ALL = all();

    private Formats() {}

    /** @param fits says whether a text has it */
    private record Format(String name, Predicate<String> fits) {}

    static void add(Functions to) {
        to.type(FORMAT, Format.class)
                .global(
                        "format.named",
                        OptionalType.create(FORMAT),
                        List.of(STRING),
                        given -> Optional.ofNullable(ALL.get((String) given[0])))
                .member(
                        "validate",
                        OptionalType.create(ListType.create(STRING)),
                        List.of(FORMAT, STRING),
                        given -> problems((Format) given[0], (String) given[1]));
        ALL.forEach((name, format) -> to.global("format." + name, FORMAT, List.of(), given -> format));
    }

    private static Optional<List<String>> problems(Format format, String text) {
        return format.fits().test(text)
                ? Optional.empty()
                : Optional.of(List.of("'" + text + "' does not have the format " + format.name()));
    }

    private static Map<String, Format> all() {
        Map<String, Format> all = new TreeMap<>();
        put(all, "dns1123Label", matches(LABEL, 63));
        put(all, "dns1123LabelPrefix", matches("[a-z0-9][-a-z0-9]*", 63));
        put(all, "dns1123Subdomain", matches(LABEL + "(?:\\." + LABEL + ")*", 253));
        put(all, "dns1123SubdomainPrefix", matches("[a-z0-9][-.a-z0-9]*", 253));
        put(all, "dns1035Label", matches("[a-z](?:[-a-z0-9]*[a-z0-9])?", 63));
        put(all, "dns1035LabelPrefix", matches("[a-z][-a-z0-9]*", 63));
        put(all, "labelValue", matches(NAME + "?", 63));
        put(all, "qualifiedName", Formats::isQualifiedName);
        put(all, "uri", parses(text -> {
            if (!URI.create(text).isAbsolute() && !text.startsWith("/")) {
                throw new IllegalArgumentException(text);
            }
        }));
        put(all, "uuid", matches("(?i)[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", 36));
        put(all, "byte", parses(text -> Base64.getDecoder().decode(text)));
        put(all, "date", parses(LocalDate::parse));
        put(all, "datetime", parses(OffsetDateTime::parse));
        return all;
    }

    private static void put(Map<String, Format> all, String name, Predicate<String> fits) {
        all.put(name, new Format(name, fits));
    }

    private static Predicate<String> matches(String regex, int longest) {
        Pattern pattern = Pattern.compile(regex);
        return text -> text.length() <= longest && pattern.matches(text);
    }

    private static boolean isQualifiedName(String text) {
        int slash = text.indexOf('/');
        String prefix = slash < 0 ? "x" : text.substring(0, slash);
        return matches(LABEL + "(?:\\." + LABEL + ")*", 253).test(prefix)
                && matches(NAME, 63).test(text.substring(slash + 1));
    }

    private static Predicate<String> parses(java.util.function.Consumer<String> parse) {
        return text -> {
            try {
                parse.accept(text);
                return true;
            } catch (IllegalArgumentException | DateTimeParseException e) {
                return false;
            }
        };
    }
}
