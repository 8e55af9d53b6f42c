package io.imaas.adapter.mi.synapse;

import io.imaas.adapter.xml.XmlElement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a name with a prefix is one that Synapse can look up: a header of SOAP, or the code of a fault. */
final class PrefixedNames {
    /** By the form, the namespace and the codes that Synapse's {@code FaultMediatorFactory} takes. */
    private static final Map<String, FaultCodes> FAULT_CODES = Map.of(
            "faultcode11",
                    new FaultCodes(
                            "http://schemas.xmlsoap.org/soap/envelope/",
                            List.of("VersionMismatch", "MustUnderstand", "Client", "Server")),
            "faultcode12",
                    new FaultCodes(
                            "http://www.w3.org/2003/05/soap-envelope",
                            List.of("VersionMismatch", "MustUnderstand", "DataEncodingUnknown", "Sender", "Receiver")));

    private PrefixedNames() {}

    private record FaultCodes(String namespace, List<String> names) {}

    record Fault(String what, String fix) {}

    /** What is wrong; empty for other forms too. */
    static Optional<Fault> fault(String form, String value, XmlElement element) {
        boolean looksUp = FAULT_CODES.containsKey(form) || form.equals("soapheader") || form.equals("qname");
        if (!looksUp || !value.contains(":")) {
            return Optional.empty();
        }
        String[] parts = value.split(":", 2);
        String prefix = parts[0].strip();
        FaultCodes codes = FAULT_CODES.get(form);
        Optional<String> namespace = element.namespaceOf(prefix);
        if (namespace.isEmpty()) {
            return Optional.of(new Fault(
                    "the prefix '" + prefix + "' of '" + value + "' is not declared",
                    "add xmlns:" + prefix + "=\"" + (codes == null ? "…" : codes.namespace()) + "\""));
        }
        if (codes == null) {
            return Optional.empty();
        }
        if (!namespace.get().equals(codes.namespace())) {
            return Optional.of(new Fault(
                    "the prefix '" + prefix + "' does not stand for the SOAP version of this fault",
                    "write xmlns:" + prefix + "=\"" + codes.namespace() + "\", or another version"));
        }
        return codes.names().contains(parts[1])
                ? Optional.empty()
                : Optional.of(new Fault(
                        "'" + parts[1] + "' is not a fault code of this SOAP version",
                        "use one of " + String.join(", ", codes.names())));
    }
}
