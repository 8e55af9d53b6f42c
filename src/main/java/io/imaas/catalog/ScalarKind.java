package io.imaas.catalog;

import io.imaas.catalog.YamlNode.Kind;
import io.imaas.catalog.YamlNode.Scalar;
import io.imaas.model.failure.Location;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/** Decides what a scalar is, by YAML 1.2's core schema, and warns where YAML 1.1 tools would read it differently. */
final class ScalarKind {
    private static final CoreScalarResolver CORE = new CoreScalarResolver(false);
    private static final Map<Tag, Kind> KINDS =
            Map.of(Tag.INT, Kind.WHOLE, Tag.FLOAT, Kind.FRACTION, Tag.BOOL, Kind.TRUTH, Tag.NULL, Kind.NOTHING);
    private static final Pattern TRUTH_IN_1_1 = Pattern.compile("(?i:yes|no|on|off)");
    private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9]+");

    private ScalarKind() {}

    static Scalar resolve(ScalarEvent event, Location where, Findings findings) {
        refuseTag(event.getTag(), where, findings);
        String text = event.getValue();
        if (!event.isPlain() || event.getTag().isPresent()) {
            return new Scalar(where, text, Kind.TEXT, false);
        }
        Kind kind = KINDS.getOrDefault(CORE.resolve(text, true), Kind.TEXT);
        if (kind == Kind.WHOLE && LEADING_ZERO.matcher(text).matches()) {
            findings.warning(
                    "leading-zero",
                    where,
                    text + " is read as a decimal number here, and as an octal one by older YAML tools",
                    "drop the leading zeros, or quote it if it is text");
        }
        return new Scalar(where, text, kind, true);
    }

    /** Words that YAML 1.1 tools, many of those in the Kubernetes world, take for true or false. */
    static boolean isTruthOf1Point1(Scalar scalar) {
        return scalar.plain() && TRUTH_IN_1_1.matcher(scalar.text()).matches();
    }

    static void refuseTag(Optional<String> tag, Location where, Findings findings) {
        if (tag.isPresent()
                && !tag.get().equals(Tag.STR.getValue())
                && !tag.get().equals("!")) {
            String shown = tag.get().replace(Tag.PREFIX, "!!");
            findings.error("tag", where, "the YAML tag '" + shown + "' is not used here", "remove it");
        }
    }
}
