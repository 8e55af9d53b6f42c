package io.imaas.adapter.xml;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what is wrong with a text that the parser refused, and says it in plain words. The parser's own message is not
 * used: it depends on the JDK and on the machine's language, and for namespaces it is not a sentence at all.
 */
final class XmlFault {
    private static final String NAME = "[\\p{L}_][\\p{L}\\p{N}_.·-]*";
    private static final Pattern TAG_NAME = Pattern.compile("(?:(" + NAME + "):)?(" + NAME + ")");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\s+((?:" + NAME + ":)?" + NAME + ")(\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')?)?");
    private static final Pattern REFERENCE =
            Pattern.compile("&(?:(amp|lt|gt|quot|apos);|#x([0-9A-Fa-f]+);|#([0-9]+);|([\\p{L}_][\\w.-]*);)?");
    private static final Map<String, String> DELIMITED = Map.of("<!--", "-->", "<![CDATA[", "]]>", "<?", "?>");

    private static final Pattern DECLARATION = Pattern.compile("<\\?xml\\s+version\\s*=\\s*(\"1\\.\\d+\"|'1\\.\\d+')"
            + "(\\s+encoding\\s*=\\s*[\"'][\\w.-]+[\"'])?(\\s+standalone\\s*=\\s*[\"'](yes|no)[\"'])?\\s*\\?>");
    private static final Pattern INSTRUCTION = Pattern.compile("<\\?(?!(?i:xml)[\\s?])" + NAME + "[\\s?]");
    /** Bound for ever, and to nothing else. */
    private static final Map<String, String> RESERVED =
            Map.of("xml", "http://www.w3.org/XML/1998/namespace", "xmlns", "http://www.w3.org/2000/xmlns/");

    private final String text;
    private final Deque<Open> open = new ArrayDeque<>();
    private int position;
    private String endedRoot;

    private XmlFault(String text) {
        this.text = text;
    }

    /** @param offset where in the text */
    record Found(String what, int offset) {}

    private record Open(String name, int offset, Map<String, String> prefixes) {}

    /** Ends the search. */
    private static final class Stop extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Found found;

        Stop(String what, int offset) {
            super(what, null, false, false);
            this.found = new Found(what, offset);
        }
    }

    /** The first fault that has a name here. */
    static Optional<Found> in(String text) {
        try {
            new XmlFault(text).scan();
            return Optional.empty();
        } catch (Stop stop) {
            return Optional.of(stop.found);
        }
    }

    private void scan() throws Stop {
        int declaration = text.indexOf("<?xml ");
        if (declaration > 0 && text.substring(0, declaration).indexOf("<?xml") < 0) {
            throw new Stop("nothing may stand before <?xml, not even a blank line or a comment", declaration);
        }
        while (position < text.length()) {
            int next = text.indexOf('<', position);
            characters(position, next < 0 ? text.length() : next);
            if (next < 0) {
                break;
            }
            position = next;
            markup();
        }
        if (!open.isEmpty()) {
            throw new Stop(
                    "<" + open.peek().name() + "> is never closed", open.peek().offset());
        }
        if (endedRoot == null) {
            throw new Stop("there is no element", 0);
        }
    }

    private void markup() throws Stop {
        for (Map.Entry<String, String> kind : DELIMITED.entrySet()) {
            if (text.startsWith(kind.getKey(), position)) {
                int end = text.indexOf(kind.getValue(), position + kind.getKey().length());
                if (end < 0) {
                    throw new Stop("'" + kind.getKey() + "' is never closed by '" + kind.getValue() + "'", position);
                }
                if (kind.getKey().equals("<!--") && text.indexOf("--", position + 4) < end) {
                    throw new Stop("'--' may not stand within a comment", text.indexOf("--", position + 4));
                }
                if (kind.getKey().equals("<?")) {
                    instruction(text.substring(position, end + 2));
                }
                position = end + kind.getValue().length();
                return;
            }
        }
        if (text.startsWith("<!", position)) {
            throw new Stop("a document type declaration is not allowed", position);
        }
        if (text.startsWith("</", position)) {
            endTag();
        } else {
            startTag();
        }
    }

    private void instruction(String written) throws Stop {
        if (position == 0
                && written.startsWith("<?xml")
                && !INSTRUCTION.matcher(written).lookingAt()) {
            if (!DECLARATION.matcher(written).matches()) {
                throw new Stop("<?xml …?> must say version=\"1.0\", then perhaps encoding and standalone", position);
            }
        } else if (!INSTRUCTION.matcher(written).lookingAt()) {
            throw new Stop("'<?' needs a name behind it, and <?xml …?> may stand at the beginning only", position);
        }
    }

    private void endTag() throws Stop {
        int end = text.indexOf('>', position);
        String name = end < 0 ? "" : text.substring(position + 2, end).strip();
        if (open.isEmpty()) {
            throw new Stop("</" + name + "> closes nothing", position);
        }
        if (text.startsWith("</ ", position)) {
            throw new Stop("no blank may stand behind '</'", position);
        }
        Open expected = open.pop();
        if (!name.equals(expected.name())) {
            throw new Stop(
                    "</" + name + "> stands where </" + expected.name() + "> is expected: <" + expected.name()
                            + "> of line " + line(expected.offset()) + " is not closed",
                    position);
        }
        position = end + 1;
        endedRoot = open.isEmpty() ? name : endedRoot;
    }

    private void startTag() throws Stop {
        int start = position;
        Matcher name = TAG_NAME.matcher(text).region(start + 1, text.length());
        if (!name.lookingAt()) {
            throw new Stop("'<' begins no tag here; write &lt; for the character", start);
        }
        String tag = name.group();
        if (open.isEmpty() && endedRoot != null) {
            throw new Stop("<" + tag + "> stands behind the end of the root element <" + endedRoot + ">", start);
        }
        Map<String, String> attributes = attributes(tag, name.end());
        Map<String, String> prefixes =
                new HashMap<>(open.isEmpty() ? RESERVED : open.peek().prefixes());
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            if (attribute.getKey().startsWith("xmlns:")) {
                String prefix = attribute.getKey().substring("xmlns:".length());
                if (attribute.getValue().isEmpty()) {
                    throw new Stop(attribute.getKey() + " of <" + tag + "> names no namespace", start);
                }
                if (!attribute.getValue().equals(RESERVED.getOrDefault(prefix, attribute.getValue()))
                        || (RESERVED.containsValue(attribute.getValue()) && !prefix.equals("xml"))) {
                    throw new Stop(attribute.getKey() + " of <" + tag + "> is reserved", start);
                }
                prefixes.put(prefix, attribute.getValue());
            }
        }
        declared(prefixes, name.group(1), "<" + tag + ">", start);
        Set<String> expanded = new HashSet<>();
        for (String attribute : attributes.keySet()) {
            int colon = attribute.indexOf(':');
            String prefix = colon < 0 ? null : attribute.substring(0, colon);
            declared(prefixes, prefix, "the attribute " + attribute, start);
            if (prefix != null && !expanded.add(prefixes.get(prefix) + attribute.substring(colon))) {
                throw new Stop(
                        "<" + tag + "> has the attribute " + attribute.substring(colon + 1)
                                + " twice, by two prefixes of one namespace",
                        start);
            }
        }
        if (text.startsWith("/>", position)) {
            position += 2;
            endedRoot = open.isEmpty() ? tag : endedRoot;
        } else {
            position++;
            open.push(new Open(tag, start, prefixes));
        }
    }

    private static void declared(Map<String, String> prefixes, String prefix, String whose, int offset) throws Stop {
        if (prefix != null && !prefixes.containsKey(prefix)) {
            throw new Stop("the prefix '" + prefix + "' of " + whose + " is not declared", offset);
        }
    }

    /** Leaves the position at the tag's end, {@code >} or {@code />}. */
    private Map<String, String> attributes(String tag, int from) throws Stop {
        Map<String, String> attributes = new HashMap<>();
        Set<String> names = new HashSet<>();
        Matcher attribute = ATTRIBUTE.matcher(text);
        position = from;
        while (attribute.region(position, text.length()).lookingAt()) {
            String name = attribute.group(1);
            String value = attribute.group(3) == null ? attribute.group(4) : attribute.group(3);
            if (value == null) {
                throw new Stop(
                        "the attribute " + name + " of <" + tag + "> has no value in closed quotes",
                        attribute.start(1));
            }
            if (!names.add(name)) {
                throw new Stop("<" + tag + "> has the attribute " + name + " twice", attribute.start(1));
            }
            if (value.indexOf('<') >= 0) {
                throw new Stop(
                        "'<' may not stand in the value of " + name + ": write &lt;, or close the quotes before it",
                        attribute.start(1));
            }
            int valueStart = attribute.start(attribute.group(3) == null ? 4 : 3);
            references(valueStart, valueStart + value.length());
            attributes.put(name, value);
            position = attribute.end();
        }
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        if (!text.startsWith(">", position) && !text.startsWith("/>", position)) {
            throw new Stop("the tag <" + tag + " is not closed by '>'", Math.min(position, text.length() - 1));
        }
        return attributes;
    }

    private void characters(int from, int to) throws Stop {
        int end = text.substring(from, to).indexOf("]]>");
        if (end >= 0) {
            throw new Stop("']]>' ends no CDATA section here; write ]]&gt; for the characters", from + end);
        }
        references(from, to);
        if (open.isEmpty() && !text.substring(from, to).replace("\uFEFF", "").isBlank()) {
            throw new Stop("text stands outside of the root element", from);
        }
    }

    private void references(int from, int to) throws Stop {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!isCharacter(c) && !Character.isSurrogate(c)) {
                throw new Stop(String.format("the control character U+%04X is not allowed in XML", (int) c), i);
            }
            if (c == '&') {
                Matcher reference = REFERENCE.matcher(text).region(i, to);
                reference.lookingAt();
                if (reference.group(4) != null) {
                    throw new Stop("the entity '" + reference.group(4) + "' is not declared", i);
                }
                String number = reference.group(2) == null ? reference.group(3) : reference.group(2);
                if (number != null && !isCharacter(new BigInteger(number, reference.group(2) == null ? 10 : 16))) {
                    throw new Stop(reference.group() + " is not a character of XML", i);
                }
                if (reference.end() == i + 1) {
                    throw new Stop("'&' begins no entity here; write &amp; for the character", i);
                }
            }
        }
    }

    private static boolean isCharacter(BigInteger number) {
        return number.bitLength() < 32 && isCharacter(number.intValue());
    }

    private static boolean isCharacter(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= ' ' && c <= 0x10FFFF && c != 0xFFFE && c != 0xFFFF && (c < 0xD800 || c > 0xDFFF));
    }

    private int line(int offset) {
        return (int) text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
    }
}
