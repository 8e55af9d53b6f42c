package io.imaas.adapter.mi.synapse;

import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import io.imaas.adapter.xml.XmlParser;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jaxen.saxpath.SAXPathException;
import org.jaxen.saxpath.base.XPathReader;

/** Whether a value has the form that an attribute or an element calls for. */
final class ValueForms {
    private static final Set<String> METHODS =
            Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT");

    /** A placeholder begins behind a literal or another one; Synapse takes the last one without its bracket. */
    private static final Pattern URI_TEMPLATE = uriTemplate("[+.#/]?(?:[\\w.-]*,?|[\\w.-]*:[+]?0*[1-9]\\d*)");

    /** What a <code>?form</code> is before the runtime reads it: it puts a value in its place. */
    private static final Pattern RESOLVED =
            Pattern.compile("^\\$(?:SYSTEM|FILE|CUSTOM_\\w+):\\w|^\\$\\{configs\\.\\w+}");

    /** A property at which a JSON path begins. */
    private static final Pattern PROPERTY = Pattern.compile("^\\$(?:ctx|trp|axis2):[a-zA-Z0-9_-]+");

    private static final String SOAP_HEADERS = "To|From|Action|FaultTo|ReplyTo|RelatesTo|[^:]+:[^:]+";

    private ValueForms() {}

    /**
     * Why the value is not of the form; empty when it is, or when only the runtime can tell.
     *
     * @param form as the table names it: {@code trimmed…} of a value that the runtime trims before it reads it, {@code ?…} of
     *     one that it may look up elsewhere, {@code $…} of one that may be a parameter of a template, {@code optional…} of one
     *     that may be empty
     */
    static Optional<String> fault(String form, String value) {
        if (form.startsWith("?")) {
            return RESOLVED.matcher(value).find() ? Optional.empty() : fault(form.substring(1), value);
        }
        if (form.startsWith("$")) {
            return value.strip().matches("\\$\\w+") ? Optional.empty() : fault(form.substring(1), value);
        }
        if (form.startsWith("optional")) {
            return value.isEmpty() ? Optional.empty() : fault(form.substring("optional".length()), value);
        }
        if (form.startsWith("trimmed")) {
            return fault(form.substring("trimmed".length()), value.strip());
        }
        String text = value.strip();
        return switch (form) {
            case "", "any", "anycase", "blank", "foreign" -> Optional.empty();
            case "xpath" -> expression(value);
            case "purexpath" -> pureXpath(value);
            case "jsoneval" -> number(value, "(?s)json-eval\\(.*", "a json-eval(…) as the other expression is");
            case "braced" -> number(value, "(?s)\\$\\{.*}", "an expression ${…} as the other one is");
            case "expressions" -> SynapseExpressions.faultIn(value);
            case "regex" -> regex(value);
            case "codes" ->
                Stream.of(text.split("[, ]+"))
                        .filter(code -> !code.isEmpty())
                        .flatMap(code -> parsed(code, Integer::parseInt, "a number").stream())
                        .findFirst();
            case "xml" ->
                XmlParser.readIfWellFormed(value.getBytes(StandardCharsets.UTF_8), "")
                                .isPresent()
                        ? Optional.empty()
                        : Optional.of("'" + value + "' is not XML");
            case "short" -> parsed(value, Short::parseShort, "a number from -32768 to 32767");
            case "int" -> parsed(value, Integer::parseInt, "a whole number");
            case "long" -> parsed(value, Long::parseLong, "a whole number");
            case "float" -> parsed(value, Float::parseFloat, "a number");
            case "duration" ->
                text.startsWith("{") && text.endsWith("}")
                        ? pureXpath(text.substring(1, text.length() - 1))
                        : parsed(text, Long::parseLong, "a number of milliseconds");
            case "bool" -> number(value, "(?i)true|false", "'true' or 'false'");
            case "methods" -> value.isEmpty() ? Optional.empty() : methods(text);
            case "cachemethods" ->
                value.isEmpty() || text.equals("*")
                        ? Optional.empty()
                        : methods(text.replace(',', ' ').strip());
            case "uri" -> uri(value);
            case "nonblank" -> text.isEmpty() ? Optional.of("it is empty") : Optional.empty();
            case "nonempty" -> value.isEmpty() ? Optional.of("it is empty") : Optional.empty();
            case "regex1" -> text.isEmpty() ? Optional.of("it is empty") : regex(value);
            case "qname", "faultcode11", "faultcode12" ->
                number(value, "[^:\\s]+:[^:\\s]+", "a name of the form prefix:name");
            case "placeholders" ->
                text.lastIndexOf('{') > text.lastIndexOf('}')
                        ? Optional.of("the last placeholder of '" + text + "' is never closed")
                        : number(
                                text,
                                "(?s)(?!.*\\{\\$[^}]*}).*",
                                "a template of the HTTP endpoint: write {uri.var.name}");
            case "uritemplate" ->
                URI_TEMPLATE.matcher(value.replaceFirst("(?<=.)/{1,2}$", "")).matches()
                        ? Optional.empty()
                        : Optional.of("'" + value + "' is not a URI template: write /a/{name}");
            case "context" -> number(value, "(?s)/.*", "a context: it must begin with /");
            case "dynamic" ->
                value.matches("(?s)\\{(?!\\{.*}}$).*}")
                        ? expression(value.substring(1, value.length() - 1))
                        : Optional.empty();
            case "url" -> url(text);
            case "jsonpath" -> value.startsWith("json-eval(") ? jsonEval(value) : jsonPath(value);
            case "notroot" ->
                text.matches("json-eval\\(\\$\\.?\\)")
                        ? Optional.of("the whole payload cannot be replaced this way: write type=\"body\"")
                        : Optional.empty();
            case "soapheader" ->
                number(value, SOAP_HEADERS, "a SOAP header: write prefix:name, or scope=\"transport\"");
            default -> number(text, form, "one of " + form.replace("|", ", "));
        };
    }

    private static Pattern uriTemplate(String name) {
        String filled = "(?=[^}])" + name;
        return Pattern.compile("(?:[^{}]++(?:\\{" + filled + "})*+)*+(?:\\{(?=..)" + name + ")?");
    }

    private static Optional<String> parsed(String text, Function<String, Number> parser, String what) {
        try {
            return Optional.of(parser.apply(text)).flatMap(number -> Optional.empty());
        } catch (NumberFormatException e) {
            return Optional.of("'" + text + "' is not " + what);
        }
    }

    private static Optional<String> number(String text, String pattern, String what) {
        return text.matches(pattern) ? Optional.empty() : Optional.of("'" + text + "' is not " + what);
    }

    private static Optional<String> methods(String text) {
        List<String> methods = List.of(text.split("\\s+"));
        return methods.stream()
                .filter(m -> !METHODS.contains(m))
                .findFirst()
                .map(m -> "'" + m + "' is not an HTTP method")
                .or(() -> methods.stream().distinct().count() < methods.size()
                        ? Optional.of("a method stands twice in '" + text + "'")
                        : Optional.empty());
    }

    private static Optional<String> uri(String value) {
        try {
            new URI(value);
            return Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.of("'" + value + "' is not a URI");
        }
    }

    /** As Java's own class for it, which the runtime uses. */
    private static Optional<String> url(String text) {
        try {
            new URL(text);
            return Optional.empty();
        } catch (MalformedURLException e) {
            return Optional.of("'" + text + "' is not a URL with a known scheme, such as file: or https:");
        }
    }

    private static Optional<String> regex(String value) {
        try {
            Pattern.compile(value);
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("the regular expression '" + value + "' cannot be read: " + e.getDescription());
        }
    }

    /** XPath, {@code json-eval(…)} or <code>${…}</code>: what it begins with decides, and a blank is XPath's. */
    private static Optional<String> expression(String value) {
        if (value.startsWith("${") && value.endsWith("}")) {
            return SynapseExpressions.faultOf(value.substring(2, value.length() - 1));
        }
        return value.startsWith("json-eval(") ? jsonEval(value) : xpath(value, "write it without blanks around it");
    }

    private static Optional<String> pureXpath(String value) {
        return xpath(value, "only an XPath expression can stand here");
    }

    /** @param hint what to do when it is an expression of another kind */
    private static Optional<String> xpath(String value, String hint) {
        String text = value.strip();
        if (text.isEmpty()) {
            return Optional.of("the expression is empty");
        }
        if (text.startsWith("${") || text.startsWith("json-eval(")) {
            return Optional.of(
                    text.endsWith(text.startsWith("$") ? "}" : ")")
                            ? "'" + value + "' cannot be read: " + hint
                            : "the brackets or quotes of " + text + " do not match");
        }
        try {
            new XPathReader().parse(text);
            return Optional.empty();
        } catch (SAXPathException | StackOverflowError e) {
            return Optional.of("the XPath expression '" + text + "' cannot be read");
        }
    }

    /** Synapse cuts the last character, whatever it is. */
    private static Optional<String> jsonEval(String text) {
        int start = "json-eval(".length();
        Optional<String> fault = jsonPath(text.substring(start, Math.max(start, text.length() - 1)));
        String behind = text.substring(text.lastIndexOf(')') + 1);
        return fault.isEmpty() || behind.isEmpty() || behind.length() == text.length()
                ? fault
                : Optional.of("behind json-eval(…) stands '" + behind.strip() + "': it must be the whole expression");
    }

    /** A path may begin at a property, and end with a dot. */
    private static Optional<String> jsonPath(String path) {
        String resolved = PROPERTY.matcher(path).replaceFirst("\\$");
        try {
            JsonPath.compile(resolved.endsWith(".") ? resolved.substring(0, resolved.length() - 1) : resolved);
            return Optional.empty();
        } catch (InvalidPathException | IllegalArgumentException | StackOverflowError e) {
            return Optional.of("the JSON path '" + path + "' cannot be read: " + e.getMessage());
        }
    }
}
