package io.imaas.adapter.mi.synapse;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jaxen.saxpath.SAXPathException;
import org.jaxen.saxpath.base.XPathReader;

/** Whether a value has the form that an attribute or an element calls for. */
final class ValueForms {
    private static final Set<String> METHODS =
            Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT");

    /** A placeholder begins behind a literal or another one; Synapse takes the last one without its bracket. */
    private static final Pattern URI_TEMPLATE = uriTemplate("[+.#/]?(?:[\\w.-]*,?|[\\w.-]*:[+]?0*[1-9]\\d*)");

    /** Forms of values that are read as they stand, or that have a form for their own placeholders. */
    private static final Set<String> LITERAL = Set.of(
            "xpath",
            "expressions",
            "uritemplate",
            "methods",
            "qname",
            "faultcode11",
            "faultcode12",
            "uri",
            "url",
            "context",
            "dynamic",
            "jsonpath",
            "notroot",
            "soapheader");

    /**
     * What the runtime puts a value in for: <code>{an expression}</code>, {@code $SYSTEM:name}, <code>${vars.name}</code>, and
     * of a configuration a single name.
     */
    private static final Pattern FILLED =
            Pattern.compile("^\\{|^\\$(?!\\{)|\\$\\{configs[^{}]\\w+}|\\$\\{(?!configs\\.)[^{}]*}");

    private static final String SOAP_HEADERS = "(?i)to|from|action|faultto|replyto|relatesto|messageid|[^:]+:[^:]+";

    private ValueForms() {}

    /** Why the value is not of the form; empty when it is, or when only the runtime can tell. */
    static Optional<String> fault(String form, String value) {
        String text = value.strip();
        if (!LITERAL.contains(form) && FILLED.matcher(text).find()) {
            return Optional.empty();
        }
        return switch (form) {
            case "", "any", "blank", "foreign" -> Optional.empty();
            case "xpath" -> expression(text);
            case "expressions" -> SynapseExpressions.faultIn(value);
            case "regex" -> regex(value);
            case "codes" ->
                number(
                        text,
                        "\\s*|(?:\\s*+[+-]?(?:0x[0-9a-fA-F]++|\\d++)\\s*+,?)++",
                        "a list of numbers separated by commas");
            case "port" -> text.isEmpty() ? Optional.empty() : number(text, "\\d{1,5}", "a port");
            case "int" -> number(text, "[+-]?\\d{1,10}", "a whole number");
            case "long" -> number(text, "[+-]?\\d{1,19}", "a whole number");
            case "float" -> number(text, "[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?[fFdD]?", "a number");
            case "bool" -> number(text, "(?i)true|false", "'true' or 'false'");
            case "methods" -> value.isEmpty() ? Optional.empty() : methods(text);
            case "cachemethods" ->
                text.isEmpty() || text.equals("*")
                        ? Optional.empty()
                        : methods(text.replace(',', ' ').strip());
            case "uri" -> uri(value);
            case "nonblank" -> text.isEmpty() ? Optional.of("it is empty") : Optional.empty();
            case "regex1" -> text.isEmpty() ? Optional.of("it is empty") : regex(value);
            case "qname", "faultcode11", "faultcode12" ->
                number(text, "[^:\\s]+:[^:\\s]+", "a name of the form prefix:name");
            case "placeholders" ->
                text.lastIndexOf('{') > text.lastIndexOf('}')
                        ? Optional.of("the last placeholder of '" + text + "' is never closed")
                        : Optional.empty();
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
            case "jsonpath" ->
                value.matches("\\s.*")
                        ? Optional.of("the JSON path '" + value + "' begins with a blank")
                        : Optional.empty();
            case "notroot" ->
                text.matches("json-eval\\(\\$\\.?\\)")
                        ? Optional.of("the whole payload cannot be replaced this way: write type=\"body\"")
                        : Optional.empty();
            case "soapheader" -> number(text, SOAP_HEADERS, "a SOAP header: write prefix:name, or scope=\"transport\"");
            default -> number(text, form, "one of " + form.replace("|", ", "));
        };
    }

    private static Pattern uriTemplate(String name) {
        String filled = "(?=[^}])" + name;
        return Pattern.compile("(?:[^{}]++(?:\\{" + filled + "})*+)*+(?:\\{(?=..)" + name + ")?");
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

    /** The address itself, or what the runtime finds it by: {@code $SYSTEM:wsdl}, <code>${configs.wsdl}</code>. */
    private static Optional<String> uri(String value) {
        if (!value.matches("\\$\\w+:\\w.*|\\$\\{\\w+\\.\\w+}.*")) {
            try {
                new URI(value);
            } catch (URISyntaxException e) {
                return Optional.of("'" + value + "' is not a URI");
            }
        }
        return Optional.empty();
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

    /** XPath, {@code json-eval(…)} or <code>${…}</code>. */
    private static Optional<String> expression(String text) {
        if (text.isEmpty()) {
            return Optional.of("the expression is empty");
        }
        if (text.startsWith("${")) {
            return text.endsWith("}")
                    ? SynapseExpressions.faultOf(text.substring(2, text.length() - 1))
                    : Optional.of("the brackets or quotes of " + text + " do not match");
        }
        if (text.startsWith("json-eval(")) {
            return jsonPath(text);
        }
        try {
            new XPathReader().parse(text);
            return Optional.empty();
        } catch (SAXPathException | StackOverflowError e) {
            return Optional.of("the XPath expression '" + text + "' cannot be read");
        }
    }

    /** Synapse cuts the last character, whatever it is, and passes over closing brackets at the path's end. */
    private static Optional<String> jsonPath(String text) {
        int start = "json-eval(".length();
        String path = text.substring(start, Math.max(start, text.length() - 1));
        while (!balanced(path) && path.endsWith(")")) {
            path = path.substring(0, path.length() - 1);
        }
        if (path.isBlank() || (path.endsWith(".") && !path.equals("$."))) {
            return Optional.of("the JSON path of " + text + " ends too early");
        }
        return balanced(path) ? Optional.empty() : Optional.of("the brackets or quotes of " + text + " do not match");
    }

    private static boolean balanced(String text) {
        StringBuilder open = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if ("([{".indexOf(c) >= 0) {
                open.append(c);
            } else if (")]}".indexOf(c) >= 0) {
                int last = open.length() - 1;
                if (last < 0 || "([{".indexOf(open.charAt(last)) != ")]}".indexOf(c)) {
                    return false;
                }
                open.setLength(last);
            }
        }
        return open.isEmpty() && quote == 0;
    }
}
