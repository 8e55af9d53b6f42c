package io.imaas.adapter.mi.verify;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.imaas.adapter.mi.synapse.SynapseWalk.Visited;
import io.imaas.adapter.xml.XmlElement;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Templates of {@code payloadFactory}: JSON that is JSON whatever is put in, and an argument for each {@code $n}. The
 * runtime finds out with the first message.
 */
record TemplateCheck(ProjectSources sources) {
    private static final Pattern ARGUMENT = Pattern.compile("\\$(\\d+)");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{(?:[^{}]++|\\{[^{}]*+})*+}");
    /** Stands for what is put in. */
    private static final String MARK = "\u0001";

    private static final Pattern STRING_OR_MARK =
            Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"|'(?:[^'\\\\]++|\\\\.)*+'|" + MARK, Pattern.DOTALL);
    /** As forgiving as the runtime's own reader. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .enable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonParser.Feature.IGNORE_UNDEFINED)
            .build();

    void run() {
        for (SourceArtifact artifact : sources.artifacts()) {
            sources.elements(artifact).stream()
                    .filter(Visited::isLanguage)
                    .map(Visited::element)
                    .filter(element -> element.name().equals("payloadFactory"))
                    .forEach(this::payload);
        }
    }

    private void payload(XmlElement factory) {
        Optional<XmlElement> format = factory.child("format");
        if (format.isEmpty()
                || format.get().has("key")
                || factory.attribute("template-type").equalsIgnoreCase("freemarker")) {
            return;
        }
        int given = factory.child("args").map(args -> args.children().size()).orElse(0);
        String text = format.get().children().isEmpty()
                ? format.get().text()
                : format.get().source();
        for (Matcher argument = ARGUMENT.matcher(text); argument.find(); ) {
            // A price of $100 is not an argument.
            if (argument.group(1).length() < 3 && Integer.parseInt(argument.group(1)) > given && given > 0) {
                sources.warning(
                        "bad-template",
                        format.get().location(),
                        "the template uses $" + argument.group(1) + ", and there are only " + given + " arguments",
                        "add an <arg>, or correct the number");
                return;
            }
        }
        if (factory.attribute("media-type").equals("json")
                && format.get().children().isEmpty()) {
            fault(format.get().text())
                    .ifPresent(why -> sources.warning(
                            "bad-template",
                            format.get().location(),
                            "the template is not JSON, whatever its arguments are: " + why,
                            "correct it"));
        }
    }

    /** Why no argument makes it JSON: only brackets, commas and quotes count, not what is put in. */
    private static Optional<String> fault(String template) {
        Optional<String> asValues = fault(template, "0");
        // A placeholder may stand for members too.
        return asValues.isEmpty() || fault(template, "\"x\":0").isEmpty() ? Optional.empty() : asValues;
    }

    private static Optional<String> fault(String template, String placeholder) {
        String marked = EXPRESSION.matcher(template).replaceAll(MARK);
        marked = ARGUMENT.matcher(marked).replaceAll(MARK).replaceAll("\\{(\\s*)" + MARK, "{$1\"x\":0");
        String filled = STRING_OR_MARK
                .matcher(marked)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group().equals(MARK) ? placeholder : found.group().replace(MARK, "0")))
                .strip();
        if (!filled.startsWith("{") && !filled.startsWith("[")) {
            return Optional.empty();
        }
        try (JsonParser parser = JSON.createParser(filled)) {
            while (parser.nextToken() != null) {
                // Only reading tells whether it can be read.
                parser.getValueAsString();
            }
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of("line " + e.getLocation().getLineNr() + " of it, column "
                    + e.getLocation().getColumnNr());
        } catch (java.io.IOException e) {
            return Optional.empty();
        }
    }
}
